import { promotedPins, promotions } from '../../../../tools/deploy/images/promote';
import type { Registry } from '../../../../tools/deploy/images/registry';
import { Refused } from '../../../../tools/parse/parse';
import { faultsOf } from '../../../support/faults';
import { digest, refusals, sample } from './environment';

const built = { chat: `1@${digest('chat')}`, notes: `2@${digest('notes')}` };
const lab = sample('lab', built);
const production = sample('production', {});
/** Another environment that pulls from the lab's registry. */
const beside = sample('beside', {}, { registry: 'registry.lab.example.com' });

/** A registry that holds these, by `repository:tag` or `repository@digest`. */
const holding = (...references: string[]): Registry => ({
  digestOf: async (repository, reference) =>
    references.includes(`${repository}@${reference}`) || references.includes(`${repository}:${reference}`)
      ? reference
      : undefined,
});
const silent: Registry = { digestOf: () => Promise.reject(new Refused(['registry: does not answer'])) };
const unasked: Registry = { digestOf: () => Promise.reject(new Error('asked')) };

const promote = (to = production, registry = unasked, names: string[] = [], from = lab) =>
  promotedPins(from, to, promotions(from, to, names), registry);

describe('what is promoted', () => {
  const names = (...wanted: string[]) => promotions(lab, production, wanted).map(({ from }) => from.name);

  it('is every image of this repository that both run, unless some are named', () => {
    expect(names()).toEqual(['chat', 'notes']);
    expect(names('notes')).toEqual(['notes']);
  });

  it('may be a stock image, where it is named', () => {
    expect(names('redis')).toEqual(['redis']);
  });

  it('is not what the target does not run', () => {
    const to = { ...production, images: production.images.filter(({ name }) => name !== 'notes') };
    expect(promotions(lab, to, []).map(({ from }) => from.name)).toEqual(['chat']);
    expect(faultsOf(() => promotions(lab, to, ['notes']))).toEqual([
      expect.stringMatching(/^production\.images\.pins\.notes: nothing here runs/),
    ]);
  });

  it('needs two environments', () => {
    expect(faultsOf(() => promotions(lab, lab, []))).toEqual([expect.stringMatching(/stands on both sides/)]);
  });

  it('is refused where there is nothing', () => {
    expect(faultsOf(() => promotions(lab, { ...production, images: [] }, []))).toEqual([
      expect.stringMatching(/no image of this repository in common/),
    ]);
  });
});

describe('a promotion within one registry', () => {
  it('copies the pins and asks nobody', async () => {
    expect(await promote(beside)).toEqual(built);
  });

  it('copies a tag where both name images by tag', async () => {
    const [from, to] = ['a', 'b'].map((name) =>
      sample(name, { chat: '1', notes: '2' }, { reference: 'tag', registry: 'registry.example.com' }),
    );
    expect(from && to && (await promote(to, unasked, [], from))).toEqual({ chat: '1', notes: '2' });
  });

  it('to where a digest is wanted names who knows it', async () => {
    const from = sample('kind', { chat: '1' }, { reference: 'tag', registry: 'registry.lab.example.com' });
    expect(await refusals(promote(beside, unasked, ['chat'], from))).toEqual([
      'kind.images.pins.chat: "1" has no digest; expected tag@sha256:…, because beside names images by digest. Its registry tells it: slipway images kind --resolve; then: slipway pin kind chat=1@<digest>',
    ]);
  });
});

describe('a promotion to another registry', () => {
  const target = 'registry.production.example.com';
  const copied = [`${target}/chat@${digest('chat')}`, `${target}/notes@${digest('notes')}`];

  it('copies the pins where that one has the same content', async () => {
    expect(await promote(production, holding(...copied))).toEqual(built);
  });

  it('is refused as a whole where it lacks one', async () => {
    expect(await refusals(promote(production, holding(...copied.slice(1))))).toEqual([
      `production.images.pins.chat: ${target}/chat has no ${digest('chat')}; expected what was tested. Push or copy it there with all its architectures, then promote again`,
    ]);
  });

  it('is refused where it does not answer, with what to do', async () => {
    expect(await refusals(promote(production, silent, ['chat']))).toEqual([
      `production.images.pins.chat: nobody knows whether ${target}/chat has ${digest('chat')}: registry: does not answer. Promote where it answers; or push or copy the image there, then: slipway pin production chat=${built.chat}`,
    ]);
  });

  it('is refused without a digest: a tag there may be anything', async () => {
    const from = sample('lab', { chat: '1' });
    expect(await refusals(promote(production, unasked, ['chat'], from))).toEqual([
      expect.stringMatching(/"1" has no digest; .* Ask its registry: slipway images lab --resolve$/),
    ]);
  });

  it('whose pods name tags is refused where the tag there is something else', async () => {
    const to = sample('kind', {}, { reference: 'tag', registry: target });
    const other: Registry = { digestOf: async () => digest('other') };
    expect(await refusals(promote(to, other, ['chat']))).toEqual([
      `kind.images.pins.chat: ${target}/chat:1 is ${digest('other')}; expected ${digest('chat')}, which was tested. Copy it there, then promote again`,
    ]);
  });
});

describe('an image that nobody built', () => {
  it('is not promoted, nor is anything beside it', async () => {
    const from = sample('lab', { chat: built.chat });
    expect(await refusals(promote(beside, unasked, [], from))).toEqual([
      'lab.images.pins.notes: "unreleased" was never built; expected a build that lab ran (charts/environments/images/lab.json). Then: slipway pin lab notes=<tag>@<digest>',
    ]);
  });
});
