import { gzipSync } from 'node:zlib';
import { isSettled, lastGood, REASON, type Release, releaseOf, VERDICT } from '../../../../tools/deploy/release/record';

const release = (revision: number, status: Release['status'], isBad = false): Release => ({
  revision,
  status,
  isBad,
  hasEnded: /^uninstall/.test(status),
  objects: [],
  description: '',
  at: '2026-01-01T00:00:00Z',
  commit: 'c0ffee',
  dist: 'd157',
  by: 'somebody',
  record: `sh.helm.release.v1.shop.v${revision}`,
});

/** A Secret as Helm writes it, with these metadata. */
function record(change: object = {}, metadata: object = {}) {
  const told = {
    version: 7,
    manifest:
      '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n',
    info: { status: 'deployed', description: 'Upgrade complete', last_deployed: '2026-01-02T03:04:05Z' },
    chart: { metadata: { annotations: { 'slipway.release/commit': 'c0ffee', 'slipway.release/by': 'ada@desk' } } },
    ...change,
  };
  const packed = gzipSync(JSON.stringify(told)).toString('base64');
  return {
    metadata: { name: 'sh.helm.release.v1.shop.v7', uid: '', resourceVersion: '', creationTimestamp: '', ...metadata },
    data: { release: Buffer.from(packed).toString('base64') },
  };
}

describe('a record of Helm', () => {
  it('gives revision, objects and the facts of whoever released', () => {
    const read = releaseOf(record());
    expect(read).toMatchObject({ revision: 7, status: 'deployed', commit: 'c0ffee', by: 'ada@desk', isBad: false });
    expect(read.objects.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Service']);
    expect(read.at).toBe('2026-01-02T03:04:05Z');
  });

  it('says unknown for what a release by hand does not tell', () => {
    expect(releaseOf(record({ chart: { metadata: {} } }))).toMatchObject({
      commit: 'unknown',
      dist: 'unknown',
      by: 'unknown',
    });
  });

  it('is bad where its label says so, and gives our reason before that of Helm', () => {
    const read = releaseOf(record({}, { labels: { [VERDICT]: 'failed' }, annotations: { [REASON]: 'no endpoint' } }));
    expect(read).toMatchObject({ isBad: true, description: 'no endpoint' });
  });

  it('has ended where its label says so, whatever Helm made of its status', () => {
    expect(releaseOf(record({}, { labels: { [VERDICT]: 'ended' } }))).toMatchObject({ hasEnded: true, isBad: false });
    expect(releaseOf(record()).hasEnded).toBe(false);
  });

  it('is refused where it is none, by name and field', () => {
    expect(() => releaseOf(record({ version: 'seven' }))).toThrow(/Secret sh\.helm\.release\.v1\.shop\.v7\.version/);
  });
});

describe('the last good release', () => {
  const good = (...releases: Release[]) => lastGood(releases)?.revision;

  it('is the one that runs', () => expect(good(release(1, 'superseded'), release(2, 'deployed'))).toBe(2));
  it('is never simply the one before: that may have failed', () =>
    expect(good(release(1, 'deployed'), release(2, 'failed'), release(3, 'pending-upgrade'))).toBe(1));
  it('is not one that Helm took for deployed and verification did not', () =>
    expect(good(release(1, 'superseded'), release(2, 'deployed', true))).toBe(1));
  it('is not an old one that failed verification', () =>
    expect(good(release(1, 'superseded'), release(2, 'superseded', true), release(3, 'failed'))).toBe(1));
  it('is none after an uninstall, finished or not', () => {
    expect(good(release(1, 'superseded'), release(2, 'uninstalled'))).toBeUndefined();
    expect(good(release(1, 'superseded'), release(2, 'uninstalling'))).toBeUndefined();
  });
  it('is not what somebody uninstalled before, which Helm calls superseded later on', () => {
    expect(good({ ...release(1, 'superseded'), hasEnded: true }, release(2, 'failed'))).toBeUndefined();
  });
  it('is what came after an uninstall', () =>
    expect(good(release(1, 'uninstalled'), release(2, 'deployed'), release(3, 'failed'))).toBe(2));
  it('is none where the first one failed', () => expect(good(release(1, 'failed'))).toBeUndefined());
});

describe('a revision', () => {
  it.each<[Release['status'], boolean, boolean]>([
    ['deployed', false, true],
    ['uninstalled', false, true],
    ['deployed', true, false],
    ['failed', false, false],
    ['pending-install', false, false],
    ['pending-upgrade', false, false],
    ['pending-rollback', false, false],
    ['uninstalling', false, false],
  ])('that is %s (bad: %s) is settled: %s', (status, isBad, settled) => {
    expect(isSettled(release(1, status, isBad))).toBe(settled);
  });

  it('that somebody began to uninstall is not settled', () => {
    expect(isSettled({ ...release(1, 'deployed'), hasEnded: true })).toBe(false);
  });
});
