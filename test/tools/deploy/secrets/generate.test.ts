import { createPrivateKey, X509Certificate } from 'node:crypto';
import { generate } from '../../../../tools/deploy/secrets/generate';
import { loadTexts } from '../../../../tools/manifests/load';
import { Refused } from '../../../../tools/parse/parse';
import { secretOf } from './contract';

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: app, namespace: app }
spec:
  tls:
    - { secretName: app-tls, hosts: [app.example.com, www.example.com] }
    - { secretName: other, hosts: [other.example.com] }
`;
const workloads = loadTexts([{ path: 'ingress.yaml', text: INGRESS }], 'test');
const generateFor = (name: string, keys: readonly string[], set = workloads) =>
  generate([{ secret: secretOf(name), keys }], set);
const refusal = async (attempt: Promise<unknown>) =>
  attempt.then(
    () => [],
    (error) => (error instanceof Refused ? error.faults : Promise.reject(error)),
  );

describe('what is made up', () => {
  it('is a value of its own for each key that lacks one, with 256 random bits that need no quoting', async () => {
    const given = await generateFor('db', ['password', 'root']);
    expect(given.map(({ secret, key }) => `${secret}/${key}`)).toEqual(['db/password', 'db/root']);
    const values = given.map(({ value }) => String(value));
    for (const value of values) {
      expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(value, 'base64url')).toHaveLength(32);
    }
    expect(new Set(values).size).toBe(2);
  });

  it('is a certificate for the names of the Ingress that reads it, and its key', async () => {
    const given = await generateFor('app-tls', ['tls.crt', 'tls.key']);
    const [certificate, key] = given.map(({ value }) => value);
    const read = new X509Certificate(certificate ?? '');
    expect(read.subjectAltName).toBe('DNS:app.example.com, DNS:www.example.com');
    expect(read.checkPrivateKey(createPrivateKey(key ?? ''))).toBe(true);
    expect(read.ca).toBe(false);
    expect(given.map((one) => one.key)).toEqual(['tls.crt', 'tls.key']);
  });

  it('is no certificate where nobody says for which names', async () => {
    const other = loadTexts([{ path: 'ingress.yaml', text: INGRESS.replace('app-tls', 'older') }], 'test');
    expect(await refusal(generateFor('app-tls', ['tls.crt', 'tls.key'], other))).toEqual([
      'app-tls: no Ingress says for which names it is; expected the certificate from you',
    ]);
  });

  it('is no half of a pair', async () => {
    expect(await refusal(generateFor('app-tls', ['tls.key']))).toEqual([
      'app-tls: lacks tls.key alone, and certificate and key are made together; expected it from you',
    ]);
  });

  it('is no login of a registry', async () => {
    expect(await refusal(generateFor('registry', ['.dockerconfigjson']))).toEqual([
      "registry: of type kubernetes.io/dockerconfigjson cannot be generated; expected the registry's own from you",
    ]);
  });
});
