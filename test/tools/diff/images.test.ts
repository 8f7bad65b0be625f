import { imageOf, isDowngrade, showImageChange } from '../../../tools/diff/images';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

describe('an image', () => {
  it.each([
    ['redis', { name: 'redis', tag: undefined, digest: undefined }],
    ['redis:8', { name: 'redis', tag: '8', digest: undefined }],
    ['registry.example.com:5000/redis', { name: 'registry.example.com:5000/redis', tag: undefined, digest: undefined }],
    [
      'registry.example.com:5000/redis:8@sha256:1',
      { name: 'registry.example.com:5000/redis', tag: '8', digest: 'sha256:1' },
    ],
  ])('is read: %s', (reference, image) => {
    expect(imageOf(reference)).toEqual(image);
  });
});

describe('a change of image', () => {
  it.each([
    [
      'tag and digest',
      `redis:8.2.1@${digest('1')}`,
      `redis:8.2.2@${digest('2')}`,
      'redis 8.2.1 → 8.2.2 (sha256:111111111111… → sha256:222222222222…)',
    ],
    [
      'the digest alone: the tag was moved',
      `redis:8@${digest('1')}`,
      `redis:8@${digest('2')}`,
      'redis 8 (sha256:111111111111… → sha256:222222222222…)',
    ],
    ['a digest that goes', `redis:8@${digest('1')}`, 'redis:9', 'redis 8 → 9 (sha256:111111111111… → no digest)'],
    ['a digest that comes', 'redis:8', `redis:9@${digest('2')}`, 'redis 8 → 9 (no digest → sha256:222222222222…)'],
    ['no digest at all', 'redis:8', 'redis', 'redis 8 → no tag (no digest)'],
    ['another name', 'redis:8', 'valkey:8', 'redis 8 → valkey 8 (no digest)'],
  ])('is shown: %s', (_, before, after, text) => {
    expect(showImageChange(before, after)).toBe(text);
  });

  it.each([
    ['redis:8.2.1', 'redis:8.2.0', true],
    ['redis:8.10', 'redis:8.9', true],
    ['redis:v2', 'redis:v1-alpine', true],
    ['redis:8.2.1', 'redis:8.2', true],
    ['redis:8.2', 'redis:8.2.1', false],
    ['redis:8.9', 'redis:8.10', false],
    ['redis:8', 'other:7', false],
    ['redis:latest', 'redis:7', false],
  ])('from %s to %s is a downgrade: %s', (before, after, is) => {
    expect(isDowngrade(before, after)).toBe(is);
  });
});
