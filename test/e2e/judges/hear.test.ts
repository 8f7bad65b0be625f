import { Refused } from '../../../tools/parse/parse';
import { temporaryFolder } from '../../support/copy';
import { hear } from './hear';
import type { Fault, Judge, Subject, Verdict } from './judge';

const lab = { name: 'lab', folder: 'dist/lab' };
const said = [{ object: 'Pod/a', rule: 'privileged', message: 'wrong' }];
const verdict: Verdict = { judged: 3, expected: 3, said: [] };
const fault: Fault<Subject> = {
  title: 'a privileged pod',
  rule: 'privileged',
  plant: (folder) => ({ subject: { name: 'planted', folder }, object: 'Pod/a' }),
};

/** A judge that finds what was planted. */
const sample = (fields: Partial<Judge<Subject>> = {}): Judge<Subject> => ({
  name: 'sample',
  tool: 'sample',
  unit: 'objects',
  subjects: [lab],
  judge: async ({ name }) => (name === 'planted' ? { ...verdict, said } : verdict),
  faults: [fault],
  ...fields,
});
const listen = (fields: Partial<Judge<Subject>> = {}) => hear(sample(fields), temporaryFolder());

describe('a judge', () => {
  it('is believed where it judged everything and caught what was planted', async () => {
    expect(await listen()).toEqual({
      ...{
        name: 'sample',
        tool: 'sample',
        unit: 'objects',
        judged: 3,
        findings: [],
        planted: 1,
        caught: 1,
        failures: [],
      },
      seconds: expect.any(Number),
    });
  });

  it('is heard about every subject', async () => {
    const heard = await listen({
      subjects: [lab, { ...lab, name: 'kind' }],
      judge: async () => ({ ...verdict, said }),
    });
    expect(heard.judged).toBe(6);
    expect(heard.findings).toEqual([
      { judge: 'sample', subject: 'lab', ...said[0] },
      { judge: 'sample', subject: 'kind', ...said[0] },
    ]);
  });

  it.each([
    ['nothing', 0, 0, 'sample: judged 0 objects of lab; expected 1'],
    ['less than there is', 2, 3, 'sample: judged 2 objects of lab; expected 3'],
  ])('that judged %s is not believed', async (_, judged, expected, failure) => {
    expect((await listen({ faults: [], judge: async () => ({ judged, expected, said: [] }) })).failures).toEqual([
      failure,
    ]);
  });

  it('that misses a planted fault is not believed', async () => {
    const heard = await listen({ judge: async () => verdict });
    expect(heard).toMatchObject({ planted: 1, caught: 0 });
    expect(heard.failures).toEqual(['sample: planted a privileged pod; expected Pod/a: privileged. It said nothing.']);
  });

  it.each([
    ['another rule', { rule: 'hostPath' }],
    ['another object', { object: 'Pod/b' }],
  ])('that catches %s has missed it', async (_, other) => {
    const heard = await listen({
      judge: async () => ({
        ...verdict,
        said: [{ ...said[0], object: 'Pod/a', rule: 'privileged', message: '', ...other }],
      }),
    });
    expect(heard.caught).toBe(0);
  });

  it('may name any object where the fault names none', async () => {
    const anywhere = { ...fault, plant: () => ({ subject: { name: 'planted', folder: '' } }) };
    expect((await listen({ faults: [anywhere] })).caught).toBe(1);
  });

  it('that breaks is reported, and the next subject is judged', async () => {
    const heard = await listen({
      subjects: [{ ...lab, name: 'broken' }, lab],
      judge: async ({ name }) => {
        if (name === 'broken') throw new Refused(['sample: ended with code 2']);
        return { ...verdict, said };
      },
    });
    expect(heard).toMatchObject({ judged: 3, failures: ['sample: ended with code 2'] });
  });

  it('does not hide a mistake of ours', async () => {
    const broken = async () => {
      throw new Error('a mistake of ours');
    };
    await expect(listen({ judge: broken })).rejects.toThrow('a mistake of ours');
  });
});
