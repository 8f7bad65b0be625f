import { type Path, showPath } from '../manifests/yaml';
import { compareText, type Manifest } from '../render/order';
import type { Check, Finding, Subject, Unanswered } from './check';
import { CHECKS } from './checks';
import { type Exemption, exempts } from './exemptions';
import { isMisshapen } from './schema/shape';

/** A folder that is ready to be judged. */
export interface Folder extends Pick<Subject, 'set' | 'inventory' | 'base' | 'schemas'> {
  /** Its path, as it was given. */
  readonly path: string;
  /** Where its inventory lies: what the contract of Secrets gets wrong is reported there. */
  readonly inventoryPath: string | undefined;
}

/** What was said about one folder. */
export interface Verdict {
  readonly folder: string;
  readonly objects: number;
  /** By file, line and check. */
  readonly findings: readonly Finding[];
  readonly exempted: readonly { readonly finding: Finding; readonly exemption: Exemption }[];
  readonly unanswered: readonly Unanswered[];
}

/**
 * Puts every check to every folder.
 * @returns what was said, and the exemptions that no finding needed.
 */
export function judgeAll(
  folders: readonly Folder[],
  exemptions: readonly Exemption[],
): { readonly verdicts: readonly Verdict[]; readonly unused: readonly Exemption[] } {
  const verdicts = folders.map((folder) => judge(folder, exemptions));
  const used = new Set(verdicts.flatMap(({ exempted }) => exempted.map(({ exemption }) => exemption)));
  return { verdicts, unused: exemptions.filter((exemption) => !used.has(exemption)) };
}

/** Puts every check to a folder. */
export function judge(
  folder: Folder,
  exemptions: readonly Exemption[] = [],
  checks: readonly Check[] = CHECKS,
): Verdict {
  const all: Finding[] = [];
  const unanswered: Unanswered[] = [];
  for (const check of checks) {
    try {
      check.judge({
        ...folder,
        report: (object, path, wrong, right) => all.push(findingOf(folder, check.id, object, path, wrong, right)),
        cannotJudge: (reason) => unanswered.push({ check: check.id, reason }),
      });
    } catch (error) {
      const misshapen = folder.set.objects.filter((object) => isMisshapen(object, folder.schemas));
      // Fields were read that are not there, or of another type; the schema's findings say so.
      if (!(error instanceof TypeError) || misshapen.length === 0) throw error;
      const names = misshapen.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      unanswered.push({
        check: check.id,
        reason: `${names.join(', ')} has not the shape of its kind; mend that first`,
      });
    }
  }
  const judged = all.map((finding) => ({ finding, exemption: exemptions.find((entry) => exempts(entry, finding)) }));
  return {
    folder: folder.path,
    objects: folder.set.objects.length,
    findings: judged
      .flatMap(({ finding, exemption }) => (exemption ? [] : [finding]))
      .sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.check, b.check)),
    exempted: judged.flatMap(({ finding, exemption }) => (exemption ? [{ finding, exemption }] : [])),
    unanswered,
  };
}

function findingOf(
  { set, inventoryPath, path: folder }: Folder,
  check: string,
  object: Manifest,
  path: Path,
  wrong: string,
  right: string,
): Finding {
  const { apiVersion, kind, metadata } = object;
  const entry = set.entryOf(object);
  return {
    check,
    object: {
      apiVersion,
      kind,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      name: metadata.name,
    },
    file: entry?.file ?? inventoryPath ?? folder,
    // Only what is shown is located: that takes another parser, and a second parse of the file.
    get line() {
      const { locate }: typeof import('./locate') = require('./locate');
      return entry ? locate(entry, path) : 1;
    },
    path: showPath(path),
    wrong,
    right,
  };
}
