import { CHECKS } from '../../../../tools/check/checks';
import { listOfChecks } from '../../../../tools/check/report/list';

const check = { id: 'area/name', what: 'A | B.', why: 'C.', exempt: 'D | E | F.', judge: () => undefined } as const;

describe('the table of checks', () => {
  it('has a row for each: what must hold, why, when an exemption is in order', () => {
    expect(listOfChecks([{ ...check, what: 'A.', exempt: 'D.' }])).toBe(
      [
        '| check | what must hold | why | exemptions |',
        '| --- | --- | --- | --- |',
        '| `area/name` | A. | C. | D. |',
      ].join('\n'),
    );
  });

  it('keeps bars inside of cells', () => {
    expect(listOfChecks([check])).toContain('| A \\| B. | C. | D \\| E \\| F. |');
  });
});

describe('the checks', () => {
  it('have an id of their own each', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(CHECKS.map(({ id, ...check }) => [id, check] as const))(
    'say in sentences what, why and how to exempt: %s',
    (id, { what, why, exempt }) => {
      expect(id).toMatch(/^[a-z]+\/[a-z-]+$/);
      for (const sentence of [what, why, exempt]) expect(sentence).toMatch(/^[A-Za-z].*\.$/s);
    },
  );
});
