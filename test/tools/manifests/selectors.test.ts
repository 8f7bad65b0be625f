import * as fc from 'fast-check';
import { carries, selects, showSelector } from '../../../tools/manifests/selectors';

const labels = { app: 'chat', tier: 'web' };
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

describe('a selector', () => {
  it.each([
    ['nothing', {}, true],
    ['a pair', { matchLabels: { app: 'chat' } }, true],
    ['another value', { matchLabels: { app: 'redis' } }, false],
    ['another key', { matchLabels: { name: 'chat' } }, false],
    ['one pair of two that is missing', { matchLabels: { app: 'chat', name: 'x' } }, false],
    ['one of several values', expression('app', 'In', 'redis', 'chat'), true],
    ['none of several values', expression('app', 'In', 'redis'), false],
    ['values of a key that is not there', expression('name', 'In', 'chat'), false],
    ['other values', expression('app', 'NotIn', 'redis'), true],
    ['not this value', expression('app', 'NotIn', 'chat'), false],
    ['not this value of a key that is not there', expression('name', 'NotIn', 'chat'), true],
    ['a key', expression('app', 'Exists'), true],
    ['a key that is not there', expression('name', 'Exists'), false],
    ['no such key', expression('name', 'DoesNotExist'), true],
    ['no key that is there', expression('app', 'DoesNotExist'), false],
    ['what no selector knows', expression('app', 'Like', 'chat'), false],
    ['a key that every object inherits', expression('constructor', 'Exists'), false],
    ['values that nobody gave', { matchExpressions: [{ key: 'app', operator: 'In' }] }, false],
    [
      'a pair and an expression that fails',
      { matchLabels: { app: 'chat' }, ...expression('tier', 'DoesNotExist') },
      false,
    ],
  ])('by %s', (_, selector, chosen) => {
    expect(selects(selector, labels)).toBe(chosen);
  });

  const anyLabels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'));

  it('by an expression of one value is that by a pair', () => {
    fc.assert(
      fc.property(anyLabels, fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'), (some, key, value) => {
        expect(selects(expression(key, 'In', value), some)).toBe(selects({ matchLabels: { [key]: value } }, some));
      }),
    );
  });

  it('by the opposite expression chooses the others', () => {
    const opposites = fc.constantFrom(['In', 'NotIn'] as const, ['Exists', 'DoesNotExist'] as const);
    fc.assert(
      fc.property(anyLabels, fc.constantFrom('a', 'b', 'c'), opposites, (some, key, [one, other]) => {
        expect(selects(expression(key, one, '1'), some)).toBe(!selects(expression(key, other, '1'), some));
      }),
    );
  });
});

describe('labels', () => {
  it.each([
    [{}, true],
    [{ app: 'chat' }, true],
    [{ app: 'chat', tier: 'web' }, true],
    [{ app: 'chat', tier: 'db' }, false],
    [{ name: 'chat' }, false],
  ])('carry %j: %s', (pairs, does) => {
    expect(carries(labels, pairs as Record<string, string>)).toBe(does);
  });
});

describe('a selector as people write it', () => {
  it.each([
    [{}, '(everything)'],
    [{ matchLabels: { app: 'chat', tier: 'web' } }, 'app=chat,tier=web'],
    [expression('tier', 'In', 'a', 'b'), 'tier in (a, b)'],
    [expression('tier', 'NotIn', 'a'), 'tier notin (a)'],
    [expression('tier', 'Exists'), 'tier'],
    [expression('tier', 'DoesNotExist'), '!tier'],
    [expression('tier', 'Like', 'a'), 'tier like (a)'],
    [{ matchLabels: { app: 'chat' }, ...expression('tier', 'Exists') }, 'app=chat,tier'],
    [{ matchExpressions: [{ key: 'tier', operator: 'In' }] }, 'tier in ()'],
  ])('%j is %s', (selector, shown) => {
    expect(showSelector(selector)).toBe(shown);
  });
});
