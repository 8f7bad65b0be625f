import { generate } from 'selfsigned';
import { isEmpty, judgeValues } from '../../../../tools/deploy/secrets/value';

const judged = (name: string, type: string, values: ReadonlyMap<string, Buffer>) =>
  judgeValues({ name, type }, values, ['chat.example.com', 'chat.example.org'], NOW);
const TLS = 'kubernetes.io/tls';
const DOCKER = 'kubernetes.io/dockerconfigjson';
const NOW = new Date('2026-06-01T00:00:00Z');

const pair = (days = 100) =>
  generate([{ name: 'commonName', value: 'test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date('2026-01-01T00:00:00Z'),
    notAfterDate: new Date(NOW.getTime() + days * 24 * 3_600_000),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: '*.example.com' }] }],
  });
const tls = (certificate: string, key: string) =>
  new Map([
    ['tls.crt', Buffer.from(certificate)],
    ['tls.key', Buffer.from(key)],
  ]);
const docker = (text: string) => new Map([['.dockerconfigjson', Buffer.from(text)]]);

describe('a certificate and its key', () => {
  it('are taken where they belong together', async () => {
    const { cert, private: key } = await pair();
    expect(judged('web', TLS, tls(cert, key)).faults).toEqual([]);
  });

  it('are refused where they were not made together', async () => {
    const [{ cert }, { private: other }] = await Promise.all([pair(), pair()]);
    expect(judged('web', TLS, tls(cert, other)).faults).toEqual([
      'web: tls.key is not the key of tls.crt; expected a pair',
    ]);
  });

  it('are refused where they are none, each by name', async () => {
    expect(judged('web', TLS, tls('hidden', 'hidden')).faults).toEqual([
      expect.stringMatching(/^web: tls\.crt is no certificate/),
      expect.stringMatching(/^web: tls\.key is no private key/),
    ]);
  });

  it('are refused after their end', async () => {
    const { cert, private: key } = await pair(-1);
    expect(judged('web', TLS, tls(cert, key)).faults).toEqual([
      expect.stringMatching(/^web: tls\.crt ended 2026-05-31/),
    ]);
  });

  it('are for the names that the certificate has', async () => {
    const { cert, private: key } = await pair();
    expect(judged('web', TLS, tls(cert, key)).notes).toEqual([
      expect.stringMatching(/^web: tls\.crt is not for chat\.example\.org/),
    ]);
  });
});

describe('credentials of a registry', () => {
  it('are taken as docker writes them', () => {
    expect(judged('pull', DOCKER, docker('{"auths":{"registry.example.com":{"auth":"…"}}}')).faults).toEqual([]);
  });

  it.each(['{}', '{"auths":{}}', '{"auths":"hidden"}', 'null'])('are refused without a registry: %s', (text) => {
    expect(judged('pull', DOCKER, docker(text)).faults).toEqual([
      expect.stringMatching(/^pull\/\.dockerconfigjson: names no registry in auths/),
    ]);
  });

  it('are refused where they are no JSON, without showing them', () => {
    const [fault] = judged('pull', DOCKER, docker('hidden')).faults;
    expect(fault).toMatch(/^pull\/\.dockerconfigjson: is no JSON/);
    expect(fault).not.toContain('hidden');
  });
});

it('of any other type may be anything', () => {
  expect(judged('app', 'Opaque', new Map([['key', Buffer.from([0])]])).faults).toEqual([]);
});

it.each(['', ' ', '\n', '\r\n'])('%j is no value', (text) => {
  expect(isEmpty(Buffer.from(text))).toBe(true);
});
