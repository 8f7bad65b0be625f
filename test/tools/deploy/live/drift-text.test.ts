import picocolors from 'picocolors';
import type { Drift } from '../../../../tools/deploy/drift';
import { showDrift } from '../../../../tools/deploy/live/drift-text';

const AS_RELEASED: Drift = {
  environment: 'shop',
  release: { revision: 4, commit: 'c0ffee1234567890', at: '2026-01-01T00:00:00Z', by: 'jenkins' },
  objects: 20,
  missing: [],
  replaced: [],
  changed: [],
  added: [],
  notes: [],
};
const lines = (drift: Partial<Drift>) =>
  showDrift({ ...AS_RELEASED, ...drift }, picocolors.createColors(false)).split('\n');
const LEFT = 'revision 4 (commit c0ffee123456, 2026-01-01T00:00:00Z, by jenkins)';
const object = 'Deployment shop/chat';

describe('drift, told to people', () => {
  it('is one line where there is none', () => {
    expect(lines({})).toEqual([`shop: 20 objects as ${LEFT} left them`]);
  });

  it('is summed up, and begins with what is gone', () => {
    const drift = {
      missing: ['Service shop/chat'],
      replaced: ['ConfigMap shop/chat: was made anew'],
      notes: ['a note'],
    };
    expect(lines(drift)).toEqual([
      `shop differs from ${LEFT}: 1 missing, 1 made anew`,
      'note: a note',
      '− Service shop/chat is missing',
      '! ConfigMap shop/chat: was made anew',
    ]);
  });

  it('names fields by object and by who wrote them', () => {
    const me = { object, manager: 'kubectl', at: '2026-01-02T00:00:00Z' };
    const drift = {
      changed: [
        { ...me, field: 'spec.a', released: 1, live: 2 },
        { object, field: 'spec.b', released: 'x' },
      ],
      added: [{ ...me, field: 'spec.c', live: 'y' }],
    };
    expect(lines(drift).slice(1)).toEqual([
      '~ Deployment shop/chat',
      '  by kubectl at 2026-01-02T00:00:00Z',
      '    ~ spec.a: 1 → 2',
      '    + spec.c: y',
      '  taken away, nobody knows by whom',
      '    − spec.b: x',
    ]);
  });

  it('lets no value steer the terminal', () => {
    expect(lines({ replaced: ['\u001b[2Jx'] }).join()).not.toContain('\u001b');
  });
});
