import { historyOf } from '../../../tools/deploy/history';
import type { Release } from '../../../tools/deploy/release/record';
import type { Manifest } from '../../../tools/render/order';

const running = (images: Readonly<Record<string, string>>): Manifest[] =>
  Object.entries(images).map(
    ([name, image]) =>
      ({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
      }) as Manifest,
  );
const release = (revision: number, more: Partial<Release> = {}): Release => ({
  ...{ revision, status: 'superseded', objects: [], description: '', at: '2026-01-01T00:00:00Z', commit: 'c0ffee' },
  ...{ dist: 'd', by: 'somebody', isBad: false, hasEnded: false, record: `record ${revision}` },
  ...more,
});

it('names what runs differently than in the revision before', () => {
  const revisions = historyOf([
    release(1, { objects: running({ chat: 'chat:1', old: 'old:1' }) }),
    release(2, { objects: running({ chat: 'chat:2', fresh: 'fresh:1' }) }),
    release(3, { objects: running({ chat: 'chat:2', fresh: 'fresh:1' }) }),
  ]);
  expect(revisions.map(({ images }) => images)).toEqual([
    ['chat/web: chat:1', 'old/web: old:1'],
    ['chat/web: chat 1 → 2 (no digest)', '+ fresh/web: fresh:1', '- old/web'],
    [],
  ]);
});

it('calls a revision bad that Helm took for deployed and that failed its verification', () => {
  const [bad, good] = historyOf([
    release(1, { isBad: true, description: 'no endpoint' }),
    release(2, { status: 'deployed' }),
  ]);
  expect(bad).toMatchObject({ status: 'bad', description: 'no endpoint' });
  expect(good).toMatchObject({ status: 'deployed', commit: 'c0ffee', by: 'somebody' });
});

it('leaves a failure its name, though slipway wrote down why', () => {
  expect(historyOf([release(1, { status: 'failed', isBad: true })])[0]?.status).toBe('failed');
});
