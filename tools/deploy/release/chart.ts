import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle } from '../bundle';
import { FACTS } from './record';

/** What a release says of itself, beside what it carries. */
export interface Facts {
  /** Commit of the checkout. */
  readonly commit: string;
  readonly by: string;
}

/** Prints every file as it is: Helm evaluates templates, and files of a chart are none. */
const VERBATIM = `{{- range $path, $_ := .Files.Glob "manifests/*" }}
---
{{ $.Files.Get $path }}
{{- end }}
`;

export interface ChartFolder {
  readonly path: string;
  remove(): void;
}

/**
 * A Helm chart around the files of `workloads/`, made for one release: `{{ … }}` inside a manifest reaches the cluster
 * unchanged. Helm keeps the annotations with the release; `history` and `drift` read them.
 */
export function writeChart({ environment, files, hash }: Bundle, { commit, by }: Facts): ChartFolder {
  const path = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
  mkdirSync(join(path, 'templates'));
  mkdirSync(join(path, 'manifests'));
  // JSON is YAML, and quotes whatever a commit or a user's name may hold.
  const chart = {
    apiVersion: 'v2',
    name: environment,
    version: '0.0.0',
    appVersion: commit,
    annotations: { [FACTS.commit]: commit, [FACTS.dist]: hash, [FACTS.by]: by },
  };
  writeFileSync(join(path, 'Chart.yaml'), JSON.stringify(chart));
  writeFileSync(join(path, 'templates', 'manifests.yaml'), VERBATIM);
  for (const [name, text] of files) writeFileSync(join(path, 'manifests', name), text);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
