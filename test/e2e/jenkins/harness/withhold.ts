import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { Cluster } from '../../api/harness/cluster';

interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

const FAILING = join(__dirname, '../../api/stages/failing.yaml');

/**
 * From now on no node can pull an image of this name but the one with that tag: what a kubelet reports then comes from the
 * stage that `broken` tags have. Tags are hashes here, so that none says what goes wrong.
 * @returns what lets every image be pulled again.
 */
export async function withhold({ pods, kwok }: Cluster, image: string, tag: string): Promise<() => Promise<void>> {
  const before = readFileSync(pods.file, 'utf8');
  const stages = loadAll(readFileSync(FAILING, 'utf8')) as Stage[];
  const backoff = stages.find(({ metadata }) => metadata.name === 'pod-image-pull-backoff');
  if (backoff === undefined) throw new Error(`${FAILING} has no stage of images that cannot be pulled`);
  const resourceRef = { apiGroup: 'v1', kind: 'Pod' };
  const withheld = (status: 'Exists' | 'DoesNotExist') => ({
    matchExpressions: [
      { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
      { key: '.status.containerStatuses', operator: status },
      { key: '.status.phase', operator: 'In', values: ['Pending'] },
      { key: `[.spec.containers[].image | contains("/${image}:")] | any`, operator: 'In', values: ['true'] },
      { key: `[.spec.containers[].image | contains(":${tag}@")] | any`, operator: 'In', values: ['false'] },
    ],
  });
  // A weight wins over every stage without one, and the second keeps such a pod from being started later.
  const added = [
    { name: 'pod-withheld', spec: { ...backoff.spec, weight: 1, selector: withheld('DoesNotExist') } },
    { name: 'pod-still-withheld', spec: { resourceRef, weight: 1, selector: withheld('Exists'), next: {} } },
  ].map(({ name, spec }) =>
    JSON.stringify({ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Stage', metadata: { name }, spec }),
  );
  const use = async (text: string) => {
    writeFileSync(pods.file, text);
    await kwok.restart('SIGKILL');
  };
  await use([before, ...added].join('\n---\n'));
  return () => use(before);
}
