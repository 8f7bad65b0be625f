import { findingsAfter, type Hardened, rulesAfter } from './hardened';

describe('hardening/resources', () => {
  const AMOUNTS = ['requests', 'limits'].flatMap((list) =>
    ['cpu', 'memory', 'ephemeral-storage'].map((resource) => [list, resource] as const),
  );

  it.each(AMOUNTS)('finds %s without %s', (list, resource) => {
    expect(findingsAfter(({ container }) => delete container.resources[list][resource])).toEqual([
      {
        rule: 'hardening/resources',
        at: expect.stringContaining(`resources.${list}.${resource}`),
        wrong: 'is missing',
      },
    ]);
  });

  it('finds a limit of 0, which is none', () => {
    expect(rulesAfter(({ container }) => Object.assign(container.resources.limits, { cpu: '0' }))).toEqual([
      'hardening/resources',
    ]);
  });

  it('wants six amounts of a container that names none', () => {
    expect(rulesAfter(({ container }) => delete container.resources)).toEqual(Array(6).fill('hardening/resources'));
  });

  it('judges init containers too', () => {
    const change = ({ pod, container }: Hardened) => {
      pod.spec.initContainers = [{ ...container, name: 'init', resources: { ...container.resources, limits: {} } }];
    };
    expect(rulesAfter(change)).toEqual(Array(3).fill('hardening/resources'));
  });
});

describe('hardening/empty-dir', () => {
  it.each([{}, { sizeLimit: '0' }, { medium: 'Memory' }])('finds %j', (emptyDir) => {
    expect(rulesAfter(({ pod }) => Object.assign(pod.spec.volumes[0], { emptyDir }))).toEqual(['hardening/empty-dir']);
  });
});
