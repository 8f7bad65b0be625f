import { digestFaults, imagesOf, tagNotes } from '../../../../tools/deploy/rollout/digests';
import { pod, rendered } from './objects';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const deployment = (image: string) =>
  rendered('Deployment', 'web', {
    template: {
      spec: { containers: [{ name: 'web', image }], initContainers: [{ name: 'prepare', image: 'tools:1' }] },
    },
  });
const running = (imageID: string) => pod('web-1', { containerStatuses: [{ name: 'web', imageID, restartCount: 0 }] });
const PINNED = deployment(`registry.internal/web:1@${digest('1')}`);

it('images are those of every container, with the digest where one was rendered', () => {
  expect(imagesOf(PINNED)).toEqual([
    { container: 'web', image: `registry.internal/web:1@${digest('1')}`, digest: digest('1') },
    { container: 'prepare', image: 'tools:1', digest: undefined },
  ]);
  expect(imagesOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } })).toEqual([]);
});

describe('the running digest', () => {
  it('is the rendered one, however the runtime calls the repository', () => {
    const newest = [running(`docker-pullable://mirror.internal/web@${digest('1')}`)];
    expect(digestFaults({ object: PINNED, newest })).toEqual({ wrong: [], unknown: [] });
  });

  it('is another one', () => {
    const newest = [running(`registry.internal/web@${digest('2')}`)];
    expect(digestFaults({ object: PINNED, newest })).toEqual({
      wrong: [`Pod web-1: container web runs registry.internal/web@${digest('2')}; expected ${digest('1')}`],
      unknown: [],
    });
  });

  it.each([
    ['the kubelet has not said it yet', running('')],
    ['the container has not begun', pod('web-1')],
  ])('is unknown: %s', (_, one) => {
    expect(digestFaults({ object: PINNED, newest: [one] })).toEqual({
      wrong: [],
      unknown: [`Pod web-1: nobody says which image of container web runs; expected ${digest('1')}`],
    });
  });

  it("of a pod on its way out is nobody's business", () => {
    const going = { ...running('other'), metadata: { ...running('other').metadata, deletionTimestamp: 'now' } };
    expect(digestFaults({ object: PINNED, newest: [going] })).toEqual({ wrong: [], unknown: [] });
  });
});

it('an image by its tag is said aloud, once a workload', () => {
  expect(tagNotes([deployment('web:1'), deployment('web:1')])).toEqual([
    'web: web:1 is named by its tag; which digest runs was not checked',
    'web: tools:1 is named by its tag; which digest runs was not checked',
  ]);
});
