import { faults } from '../../support/clusters';

describe('a minor of Kubernetes', () => {
  it('is one of a tested set', () => {
    expect(faults({ kubernetes: '1.30' })).toEqual([
      'cluster lab.kubernetes: "1.30" is in no tested set; did you mean `1.36`? (cluster/versions.ts)',
    ]);
  });

  it.each([
    ['1.33', '2026-06-28'],
    ['1.32', '2026-02-28'],
    ['1.31', '2025-10-28'],
  ])('past its end of life (%s) is refused unless the cluster says that it knows', (kubernetes, day) => {
    expect(faults({ kubernetes })).toEqual([
      `cluster lab.kubernetes: "${kubernetes}" gets no fixes since ${day}; expected a supported minor, or \`profile: 'seed'\` in the cluster, which says that this is known`,
    ]);
    expect(faults({ kubernetes, profile: 'seed' })).toEqual([]);
  });

  it('that is supported takes no such word: it would be forgotten there', () => {
    expect(faults({ profile: 'seed' })).toEqual([
      'cluster lab.profile: "seed" with Kubernetes 1.36, which is supported; expected no profile',
    ]);
  });
});
