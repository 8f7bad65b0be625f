import { Api } from '../../../../tools/deploy/api/client';
import { ApiError, Unreachable } from '../../../../tools/deploy/api/error';
import { CLUSTER, preflight, QUESTIONS } from '../../../../tools/deploy/preflight/preflight';
import type { Question } from '../../../../tools/deploy/preflight/question';
import { Refused } from '../../../../tools/parse/parse';
import { bundleOf } from './bundles';

const context = {
  bundle: bundleOf([]),
  api: new Api('/nowhere'),
  target: {},
  root: '/nowhere',
  staleFiles: async () => [],
  pruneData: false,
};
const throwing = (name: string, error: Error): Question => ({
  name,
  ask: async () => {
    throw error;
  },
});

describe('a preflight', () => {
  it('asks every question, and one that cannot be answered hides none of the others', async () => {
    const findings = await preflight(context, [
      throwing('a', new Refused(['a: wrong', 'a: wrong as well'])),
      throwing('b', new ApiError('GET /version', 500, { message: 'no' })),
      throwing('c', new Unreachable('GET /version', new Error('gone'))),
      { name: 'd', ask: async () => ({ faults: ['d: wrong'], notes: ['by the way'] }) },
    ]);
    expect(findings).toEqual([
      { question: 'a', faults: ['a: wrong', 'a: wrong as well'], notes: [] },
      { question: 'b', faults: ['b: could not be asked: GET /version: no'], notes: [] },
      { question: 'c', faults: ['c: could not be asked: GET /version: the cluster does not answer (gone)'], notes: [] },
      { question: 'd', faults: ['d: wrong'], notes: ['by the way'] },
    ]);
  });

  it('that is broken itself says so, instead of blaming the cluster', async () => {
    await expect(preflight(context, [throwing('a', new TypeError('x is not a function'))])).rejects.toThrow(TypeError);
  });

  it('asks of sources first, and of the cluster alone where nothing of the checkout is released', () => {
    expect(QUESTIONS.map(({ name }) => name)).toEqual([
      'sources',
      'samples',
      'images',
      'tools',
      'cluster',
      'access',
      'namespace',
      'secrets',
    ]);
    expect(CLUSTER).toEqual(QUESTIONS.slice(3));
  });
});
