import type { Release } from '../../../tools/deploy/release/record';
import { chooseRevision } from '../../../tools/deploy/rollback';

const release = (revision: number, status: Release['status'], image: string, isBad = false): Release => ({
  revision,
  status,
  isBad,
  hasEnded: false,
  objects: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: image } }],
  description: 'no endpoint',
  at: '',
  commit: '',
  dist: '',
  by: '',
  record: '',
});

describe('the revision to go back to', () => {
  const history = [
    release(1, 'superseded', 'one'),
    release(2, 'superseded', 'two'),
    release(3, 'failed', 'broken'),
    release(4, 'superseded', 'bad', true),
    release(5, 'superseded', 'two'),
    release(6, 'deployed', 'three'),
  ];
  const current = history.at(-1);

  it('is the newest that ran and holds something else', () => {
    expect(chooseRevision(history, current).revision).toBe(5);
    const again = [...history, release(7, 'deployed', 'two')];
    expect(chooseRevision(again, again.at(-1)).revision).toBe(6);
  });

  it('is the one that is named', () => {
    expect(chooseRevision(history, current, 1).revision).toBe(1);
  });

  it.each([
    [3, /revision 3 did not run \(failed: no endpoint\); expected one of 1, 2, 5/],
    [4, /revision 4 did not run/],
    [9, /revision 9 is not there; expected one of 1, 2, 5/],
  ])('is not %s', (asked, refusal) => {
    expect(() => chooseRevision(history, current, asked)).toThrow(refusal);
  });

  it('is refused where nothing else ever ran', () => {
    const only = [release(1, 'deployed', 'one')];
    expect(() => chooseRevision(only, only[0])).toThrow(/no earlier release ran/);
  });
});
