import type { Registry } from '../../../../tools/deploy/images/registry';
import { isTrouble, resolvedPins, resolveImages } from '../../../../tools/deploy/images/resolve';
import { Refused } from '../../../../tools/parse/parse';
import { digest, sample } from './environment';

const [A, B] = [digest('a'), digest('b')];

/** A registry in which chat's tag `1` is this, and which has these digests besides. */
const registry = (tagged: string | undefined, ...others: string[]): Registry => ({
  digestOf: async (repository, reference) => {
    if (!repository.endsWith('/chat')) return digest('redis');
    if (reference === '1') return tagged;
    return [tagged, ...others].includes(reference) ? reference : undefined;
  },
});
const broken: Registry = { digestOf: () => Promise.reject(new Refused(['registry: does not answer'])) };

async function chat(pin: string, from: Registry, reference: 'tag' | 'digest' = 'digest') {
  const environment = sample('lab', { chat: pin }, { reference });
  const all = await resolveImages(environment, from);
  const [resolution] = all;
  return { state: resolution?.state, digest: resolution?.digest, pins: resolvedPins(environment, all), all };
}

describe('an image that is pinned by tag alone', () => {
  it('gets the digest that the tag has', async () => {
    expect(await chat('1', registry(A))).toMatchObject({ state: 'resolved', digest: A, pins: { chat: `1@${A}` } });
  });

  it('stays as it is where pods name tags: the digest is only told', async () => {
    expect(await chat('1', registry(A), 'tag')).toMatchObject({ state: 'resolved', digest: A, pins: {} });
  });

  it('is trouble where the registry has no such tag', async () => {
    const { state, pins, all } = await chat('1', registry(undefined));
    expect({ state, pins, trouble: all.map(isTrouble) }).toEqual({
      state: 'missing',
      pins: {},
      trouble: [true, false, false],
    });
  });
});

describe('an image that is pinned by digest', () => {
  it.each([
    ['is as pinned where its tag still has it', A, [], 'as pinned', false],
    ['is told where its tag now is another, and stays', B, [A], 'tag moved', false],
    ['is told where its tag is gone, and stays', undefined, [A], 'tag gone', false],
    ['is trouble where the digest is gone, whatever the tag has', B, [], 'missing', true],
  ])('%s', async (_, tagged, others, state, isTroubled) => {
    const found = await chat(`1@${A}`, registry(tagged, ...others));
    expect({ state: found.state, pins: found.pins, isTroubled: found.all.some(isTrouble) }).toEqual({
      state,
      pins: {},
      isTroubled,
    });
  });
});

it('leaves alone what nobody built: no registry has it', async () => {
  const asked: string[] = [];
  await resolveImages(sample('lab', {}), {
    digestOf: async (repository) => {
      asked.push(repository);
      return digest('redis');
    },
  });
  expect(new Set(asked)).toEqual(new Set(['docker.io/library/redis']));
});

it('tells of a registry that does not answer, and how to pin without it', async () => {
  const [first] = (await chat('1', broken)).all;
  expect(first).toEqual({
    image: 'chat',
    state: 'unknown',
    says: 'registry: does not answer. Ask where it answers, or: slipway pin lab chat=1@<digest>',
  });
});
