import { rulesAfter } from './hardened';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('hardening/image', () => {
  it.each([
    'web',
    'web:latest',
    'web:Latest',
    'registry.example.com:5000/web',
    'web@sha256:0123',
    `web@${DIGEST}z`,
    'web:',
    '',
  ])('finds %j', (image) => {
    expect(rulesAfter(({ container }) => Object.assign(container, { image }))).toEqual(['hardening/image']);
  });

  it.each(['web:1.2', 'registry.example.com:5000/web:1', `web@${DIGEST}`, `web:1.2@${DIGEST}`, 'web:latest-2'])(
    'lets %s pass',
    (image) => {
      expect(rulesAfter(({ container }) => Object.assign(container, { image }))).toEqual([]);
    },
  );

  it('finds a container without an image', () => {
    expect(rulesAfter(({ container }) => delete container.image)).toEqual(['hardening/image']);
  });

  it('judges the image of a volume', () => {
    const volume = { name: 'more', image: { reference: 'data:latest' } };
    expect(rulesAfter(({ pod }) => pod.spec.volumes.push(volume))).toEqual(['hardening/image']);
  });
});

describe('hardening/pull-policy', () => {
  it('finds `Never`', () => {
    expect(rulesAfter(({ container }) => Object.assign(container, { imagePullPolicy: 'Never' }))).toEqual([
      'hardening/pull-policy',
    ]);
  });

  it.each(['Always', 'IfNotPresent'])('lets %s pass', (imagePullPolicy) => {
    expect(rulesAfter(({ container }) => Object.assign(container, { imagePullPolicy }))).toEqual([]);
  });
});
