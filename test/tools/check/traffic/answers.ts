import type { Check } from '../../../../tools/check/check';
import { showPath } from '../../../../tools/manifests/yaml';
import type { Inventory, Talk } from '../../../../tools/render/inventory';
import type { Manifest } from '../../../../tools/render/order';
import { setOf } from '../../manifests/traffic/sample';

/** What a check answers about manifests: a line for each finding, or the reason why it has none. */
export function answers(check: Check, manifests: readonly Manifest[], inventory?: Inventory): readonly string[] {
  const lines: string[] = [];
  check.judge({
    set: setOf(...manifests),
    inventory,
    base: { missing: 'not of interest' },
    schemas: undefined as never,
    report: ({ kind, metadata }, path, wrong, right) =>
      lines.push(`${kind}/${metadata.name} ${showPath(path)}: ${wrong}; expected ${right}`),
    cannotJudge: (reason) => lines.push(`not judged: ${reason}`),
  });
  return lines;
}

/** An inventory of the namespace `shop` that declares these talks. */
export const declaring = (...talks: readonly Talk[]): Inventory => ({
  environment: 'lab',
  namespace: 'shop',
  kubernetes: '1.36',
  smoke: [],
  apiEndpoint: { host: 'api.example.com', port: 6443 },
  nodes: [],
  zones: [],
  talks,
  secrets: [],
  provides: [],
  objects: [],
});
