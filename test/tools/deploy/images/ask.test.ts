import { isSameHouse, mayLeadTo, originOf } from '../../../../tools/deploy/images/ask';

describe('the address of a registry', () => {
  it.each([
    ['registry.example.com:5000', 'https://registry.example.com:5000'],
    ['docker.io', 'https://registry-1.docker.io'],
    ['localhost:5000', 'http://localhost:5000'],
    ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1.example.com', 'https://127.0.0.1.example.com'],
    ['localhost.example.com', 'https://localhost.example.com'],
  ])('%s is %s: plain http on this machine alone', (host, origin) => {
    expect(originOf(host).origin).toBe(origin);
  });
});

describe('the token service of a registry', () => {
  it.each([
    ['auth.docker.io', 'registry-1.docker.io', true],
    ['registry.example.com', 'registry.example.com', true],
    ['gitlab.example.com', 'registry.gitlab.example.com', true],
    ['auth.example.com', 'example.com', true],
    ['auth.example.org', 'registry.example.com', false],
    ['auth.notexample.com', 'registry.example.com', false],
    ['other.com', 'example.com', false],
    ['127.0.0.2', '127.0.0.1', false],
    ['9.0.0.1', '127.0.0.1', false],
    ['9.0.0.1', '10.0.0.1', false],
  ])('%s of %s is told its password: %s', (service, registry, isTold) => {
    expect(isSameHouse(service, registry)).toBe(isTold);
  });
});

describe('a way to another address', () => {
  it.each([
    ['https://a.example.com', 'https://b.example.com', true],
    ['https://a.example.com', 'http://a.example.com', false],
    ['https://a.example.com', 'http://localhost', false],
    ['http://localhost:5000', 'http://127.0.0.1:5001', true],
    ['http://localhost:5000', 'http://a.example.com', false],
    ['http://localhost:5000', 'https://a.example.com', true],
  ])('from %s to %s is followed: %s', (from, to, isFollowed) => {
    expect(mayLeadTo(new URL(from), new URL(to))).toBe(isFollowed);
  });
});
