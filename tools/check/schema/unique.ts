import { containersOf } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';
import type { Check, Subject } from '../check';

export const unique: Check = {
  id: 'schema/unique',
  what: 'Containers, variables, volumes and ports of one list have names, numbers or paths of their own.',
  why: 'Server-side apply refuses a list with two entries of one key; elsewhere the later one wins without a word.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      const { owner, path, spec } = pod;
      const containers = containersOf(pod);
      hold(
        owner,
        containers.map(({ container, path: at }) => [container.name, [...at, 'name']]),
        report,
      );
      hold(
        owner,
        (spec.volumes ?? []).map(({ name }, index) => [name, [...path, 'spec', 'volumes', index, 'name']]),
        report,
      );
      for (const { container, path: at } of containers) {
        hold(
          owner,
          (container.env ?? []).map(({ name }, index) => [name, [...at, 'env', index, 'name']]),
          report,
        );
        const ports = container.ports ?? [];
        hold(
          owner,
          ports.map(({ name }, index) => [name, [...at, 'ports', index, 'name']]),
          report,
        );
        hold(
          owner,
          ports.map(({ containerPort, protocol = 'TCP' }, index) => [
            `${protocol} ${containerPort}`,
            [...at, 'ports', index, 'containerPort'],
          ]),
          report,
        );
      }
    }
    for (const service of set.all('Service')) {
      const ports = service.spec?.ports ?? [];
      hold(
        service,
        ports.map(({ name }, index) => [name, ['spec', 'ports', index, 'name']]),
        report,
      );
      hold(
        service,
        ports.map(({ port, protocol = 'TCP' }, index) => [`${protocol} ${port}`, ['spec', 'ports', index, 'port']]),
        report,
      );
    }
  },
};

type Keyed = readonly [key: string | undefined, path: Path];

/** Reports every entry whose key an earlier one has; one without a key has none to share. */
function hold(object: Manifest, entries: readonly Keyed[], report: Subject['report']): void {
  const seen = new Set<string>();
  for (const [key, path] of entries) {
    if (key === undefined) continue;
    if (seen.has(key)) report(object, path, `${key} stands twice`, 'it once');
    seen.add(key);
  }
}
