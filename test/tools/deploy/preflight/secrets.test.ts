import { generate } from 'selfsigned';
import { judgeSecret, type LiveSecret } from '../../../../tools/deploy/preflight/secrets';
import type { Manifest } from '../../../../tools/render/order';
import { bundleOf } from './bundles';

const VALUE = 'correct horse battery staple';
const base64 = (value: string) => Buffer.from(value).toString('base64');
const live = (data: Record<string, string>, type = 'Opaque'): LiveSecret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'redis', uid: '1', resourceVersion: '1', creationTimestamp: '' },
  type,
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
});
const wanted = { name: 'redis', type: 'Opaque', keys: { chat_password: ['chat', 'redis'], other: ['jobs'] } };
const judge = (secret: LiveSecret | undefined) => judgeSecret(bundleOf([]), wanted, secret, new Date());
const NEXT = 'Next: `slipway secrets lab`';

describe('a Secret of the contract', () => {
  it('is fine with its type and its keys, and may hold more', () => {
    expect(judge(live({ chat_password: VALUE, other: VALUE, more: VALUE }))).toEqual({ faults: [] });
  });

  it('must exist', () => {
    expect(judge(undefined).faults).toEqual([
      `Secret redis: does not exist; expected type Opaque with chat_password, other. ${NEXT}`,
    ]);
  });

  it('must have every key, and whoever needs a missing one is named', () => {
    expect(judge(live({ other: VALUE })).faults).toEqual([
      `Secret redis: has no key chat_password; expected one (chat, redis needs it). ${NEXT}`,
    ]);
  });

  it.each(['', '\n', ' \t'])('must hold a value for each: %j is none', (value) => {
    expect(judge(live({ chat_password: value, other: VALUE })).faults).toEqual([
      `Secret redis: key chat_password is empty; expected a value (chat, redis needs it). ${NEXT}`,
    ]);
  });

  it('must be of its type', () => {
    expect(judge(live({ chat_password: VALUE, other: VALUE }, 'kubernetes.io/basic-auth')).faults).toEqual([
      expect.stringContaining('is of type kubernetes.io/basic-auth; expected Opaque'),
    ]);
  });

  it('is told with all that is wrong, and never with a value', () => {
    const { faults } = judge(live({ more: VALUE, other: '' }, 'x'));
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain(VALUE);
  });
});

describe('a Secret of a certificate', () => {
  const tls = { name: 'chat-tls', type: 'kubernetes.io/tls', keys: { 'tls.crt': ['x'], 'tls.key': ['x'] } };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'chat', namespace: 'chat' },
    spec: { tls: [{ hosts: ['chat.internal'], secretName: 'chat-tls' }] },
  } as Manifest;
  const judgeTls = (data: Record<string, string>) =>
    judgeSecret(bundleOf([ingress]), tls, live(data, 'kubernetes.io/tls'), new Date());

  it('is judged as a pair', () => {
    expect(judgeTls({ 'tls.crt': 'none', 'tls.key': 'none' }).faults).toEqual([
      expect.stringMatching(/^Secret chat-tls: tls\.crt is no certificate.* Next: `slipway secrets lab`$/),
      expect.stringMatching(/^Secret chat-tls: tls\.key is no private key/),
    ]);
  });

  it('is held against the names of the Ingress that shows it', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'x' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'other.internal' }] }],
    });
    const { faults, notes } = judgeTls({ 'tls.crt': cert, 'tls.key': key });
    expect([faults, notes]).toEqual([[], [expect.stringMatching(/^Secret chat-tls: .* not for chat\.internal/)]]);
  });
});
