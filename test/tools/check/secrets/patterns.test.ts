import { HASHES, KEYS, REGISTRY_LOGINS, type Shape, TOKENS, URLS } from '../../../../tools/check/secrets/patterns';
import * as planted from './planted';

const found = (shapes: readonly Shape[], text: string): string[] =>
  shapes.flatMap(({ name, find }) => find(text).map(() => name));

const AREAS: readonly [string, readonly Shape[], Readonly<Record<string, string>>][] = [
  ['private keys', KEYS, planted.KEYS],
  ['tokens', TOKENS, planted.TOKENS],
  ['hashes of passwords', HASHES, planted.HASHES],
  ['logins of registries', REGISTRY_LOGINS, planted.REGISTRY_LOGINS],
  ['URLs', URLS, planted.URLS],
];

describe.each(AREAS)('the shapes of %s', (_, shapes, samples) => {
  it.each(Object.entries(samples))('find %s, once', (_, text) => {
    expect(found(shapes, text)).toHaveLength(1);
  });

  it.each(Object.entries(samples))('find %s in the middle of a text', (_, text) => {
    expect(found(shapes, `first\n${text}\nlast`)).toHaveLength(1);
  });

  it.each(Object.entries(planted.ORDINARY))('find nothing in %s', (_, text) => {
    expect(found(shapes, text)).toEqual([]);
  });

  it('each find something that no other does', () => {
    const names = new Set(Object.values(samples).flatMap((text) => found(shapes, text)));
    expect([...names].sort()).toEqual([...new Set(shapes.map(({ name }) => name))].sort());
  });
});

describe('the shapes of tokens', () => {
  it.each(Object.entries(planted.MARKED))('do not take the middle of something longer for %s', (_, text) => {
    expect(found(TOKENS, `x${text}`)).toEqual([]);
  });

  it('do not take the beginning of something longer for a key of AWS', () => {
    expect(found(TOKENS, `${planted.MARKED['AWS, AKIA']}A`)).toEqual([]);
  });
});

describe('what a shape calls the secret', () => {
  it.each([
    ['redis://:hunter2@redis:6379', 'hunter2'],
    ['https://example.com/?a=b&token=hunter2#top', 'hunter2'],
    ['user:hunter2@tcp(db:3306)/shop', 'hunter2'],
  ])('of %s is the password', (url, password) => {
    expect(URLS.flatMap(({ find }) => find(url))).toEqual([password]);
  });

  it.each([
    ['of PEM', planted.PRIVATE_KEY],
    ['of PEM in JSON', JSON.stringify(planted.PRIVATE_KEY)],
  ])('begins where the key does, %s', (_, text) => {
    const [key] = KEYS.flatMap(({ find }) => find(text));
    expect(key?.slice(0, 8)).toBe(planted.word(8));
  });
});
