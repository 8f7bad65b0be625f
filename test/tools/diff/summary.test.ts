import type { Count, ObjectReport, Summary } from '../../../tools/diff/report';
import { isEqual, showSummary, summaryOf } from '../../../tools/diff/summary';

const none: Count = { objects: 0, risks: {} };
const summary = (fields: Partial<Summary>): Summary => ({
  added: none,
  changed: none,
  removed: none,
  unknown: 0,
  ...fields,
});

describe('the first line', () => {
  it.each<[Partial<Summary>, string]>([
    [{}, '0 added, 0 changed, 0 removed'],
    [
      { added: { objects: 2, risks: {} }, changed: { objects: 3, risks: { restarts: 1, data: 1 } } },
      '2 added, 3 changed: 1 restarts pods, 1 puts data at risk; 0 removed',
    ],
    [
      { added: { objects: 1, risks: { access: 1 } }, removed: { objects: 2, risks: { data: 2 } } },
      '1 added: 1 widens access; 0 changed, 2 removed: 2 put data at risk',
    ],
    [
      { changed: { objects: 9, risks: { refused: 2, access: 3, restarts: 4 } } },
      '0 added, 9 changed: 4 restart pods, 3 widen access, 2 are refused by the API; 0 removed',
    ],
    [
      { changed: { objects: 1, risks: {} }, unknown: 1 },
      '0 added, 1 changed, 0 removed; 1 of a kind that is not known here: read it',
    ],
    [
      { removed: { objects: 2, risks: { data: 2 } }, unknown: 2 },
      '0 added, 0 changed, 2 removed: 2 put data at risk; 2 of a kind that is not known here: read them',
    ],
  ])('sums up as terraform plan does', (fields, text) => {
    expect(showSummary(summary(fields))).toBe(text);
  });
});

describe('the sum', () => {
  const object = (change: ObjectReport['change'], risk: ObjectReport['risk'], known = true): ObjectReport => {
    return { change, risk, known, apiVersion: 'v1', kind: 'X', name: 'x', file: 'x.yaml', reasons: [], fields: [] };
  };

  it('counts every object once, by what became of it and by the worst that it does; what is safe is not listed', () => {
    const objects = [
      object('added', 'safe'),
      object('changed', 'data'),
      object('changed', 'data'),
      object('removed', 'data', false),
    ];
    expect(summaryOf(objects)).toEqual({
      added: { objects: 1, risks: {} },
      changed: { objects: 2, risks: { data: 2 } },
      removed: { objects: 1, risks: { data: 1 } },
      unknown: 1,
    });
  });

  it('of nothing says that both are equal', () => {
    expect([summaryOf([]), summaryOf([object('added', 'safe')])].map(isEqual)).toEqual([true, false]);
  });
});
