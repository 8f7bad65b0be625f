import { secretsInContract } from '../../../../tools/check/references/secrets';
import { clusterWide, cronJob, deployment, found, inventory, object, unanswered, within } from './samples';

const container = (fields: object) => ({ containers: [{ name: 'main', ...fields }] });
const variable = (secretKeyRef: object) => container({ env: [{ name: 'X', valueFrom: { secretKeyRef } }] });
const volume = (secret: object) => ({ volumes: [{ name: 'v', secret }] });
const at = 'Deployment/chat spec.template.spec';

const contract = (...secrets: { name: string; keys: Record<string, string[]> }[]) => ({
  inventory: inventory({ secrets: secrets.map((secret) => ({ type: 'Opaque', ...secret })) }),
});
const chat = { name: 'chat', keys: { token: ['chat'] } };
const none = { name: 'none', keys: {} };

describe('a Secret that is read', () => {
  it.each([
    ['a variable', variable({ name: 'chta', key: 'token' }), 'containers[0].env[0].valueFrom.secretKeyRef'],
    ['all variables', container({ envFrom: [{ secretRef: { name: 'chta' } }] }), 'containers[0].envFrom[0].secretRef'],
    ['a volume', volume({ secretName: 'chta' }), 'volumes[0].secret'],
    [
      'a projected volume',
      { volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'chta' } }] } }] },
      'volumes[0].projected.sources[0].secret',
    ],
    ['the kubelet', { imagePullSecrets: [{ name: 'chta' }] }, 'imagePullSecrets[0]'],
  ])('by %s stands in the contract', (_, pod, path) => {
    expect(found(secretsInContract, [deployment('chat', pod)], contract(none))).toEqual([
      `${at}.${path}: reads the Secret chta, which is not in the contract; expected \`none\``,
    ]);
  });

  it('by an Ingress stands in the contract', () => {
    const site = object('networking.k8s.io/v1', 'Ingress', 'site', { spec: { tls: [{}, { secretName: 'cert' }] } });
    expect(found(secretsInContract, [site], contract())).toEqual([
      'Ingress/site spec.tls[1].secretName: reads the Secret cert, which is not in the contract; expected none: it is empty',
    ]);
  });

  it('by the pods of an account stands in the contract', () => {
    const account = object('v1', 'ServiceAccount', 'chat', { imagePullSecrets: [{ name: 'registry' }] });
    expect(found(secretsInContract, [account], contract())).toEqual([
      'ServiceAccount/chat imagePullSecrets[0]: reads the Secret registry, which is not in the contract; expected none: it is empty',
    ]);
  });

  it('in another namespace than the contract is about is in none', () => {
    const pod = within('other', deployment('chat', variable({ name: 'chat', key: 'token' })));
    expect(found(secretsInContract, [pod], contract({ name: 'chat', keys: { token: [] } }))).toEqual([
      expect.stringContaining('reads the Secret chat, which is not in the contract'),
    ]);
  });

  it('in `default`, for want of a namespace, is looked for there', () => {
    const site = clusterWide('networking.k8s.io/v1', 'Ingress', 'site', { spec: { tls: [{ secretName: 'cert' }] } });
    const keys = { 'tls.crt': ['ingress controller'], 'tls.key': ['ingress controller'] };
    const facts = inventory({ namespace: 'default', secrets: [{ name: 'cert', type: 'kubernetes.io/tls', keys }] });
    expect(found(secretsInContract, [site], { inventory: facts })).toEqual([]);
  });

  it.each([
    ['a key', variable({ name: 'chat', key: 'tokn' }), 'containers[0].env[0].valueFrom.secretKeyRef', 'tokn'],
    ['a file', volume({ secretName: 'chat', items: [{ key: 'tokn', path: 'x' }] }), 'volumes[0].secret', 'tokn'],
    ['what the kubelet reads', { imagePullSecrets: [{ name: 'chat' }] }, 'imagePullSecrets[0]', '.dockerconfigjson'],
  ])('has %s in the contract', (_, pod, path, key) => {
    expect(found(secretsInContract, [deployment('chat', pod)], contract(chat))).toContain(
      `${at}.${path}: reads the key ${key}, which the contract of Secret chat does not have; expected \`token\``,
    );
  });

  it('is read by nobody whom the contract does not name', () => {
    expect(found(secretsInContract, [deployment('hello', volume({ secretName: 'chat' }))], contract(chat))).toContain(
      'Deployment/hello spec.template.spec.volumes[0].secret: hello reads the key token of Secret chat, and the contract does not say so; expected `chat`',
    );
  });
});

describe('the contract of Secrets', () => {
  it('names who reads, even where nothing fails without it', () => {
    const pods = [
      deployment('chat', volume({ secretName: 'chat' })),
      deployment('hello', volume({ secretName: 'chat', optional: true })),
    ];
    expect(found(secretsInContract, pods, contract(chat))).toEqual([
      expect.stringContaining('hello reads the key token of Secret chat, and the contract does not say so'),
    ]);
  });

  it('names nobody who does not read', () => {
    const secret = { name: 'chat', keys: { token: ['chat', 'hello'] } };
    expect(found(secretsInContract, [deployment('chat', volume({ secretName: 'chat' }))], contract(secret))).toEqual([
      'Secret/chat secrets.chat.keys.token: hello is to read it and does not; expected a reader that mounts the key or names it',
    ]);
  });

  it('names no key that nobody reads', () => {
    const secret = { name: 'chat', keys: { token: ['chat'], old: ['chat'] } };
    const pod = deployment('chat', variable({ name: 'chat', key: 'token' }));
    expect(found(secretsInContract, [pod], contract(secret))).toEqual([
      'Secret/chat secrets.chat.keys.old: chat is to read it and does not; expected a reader that mounts the key or names it',
    ]);
  });

  it('speaks of the Secret as the object that somebody will make', () => {
    const seen: object[] = [];
    secretsInContract.judge({
      set: { pods: [], all: () => [], find: () => undefined } as never,
      ...contract(chat),
      base: { missing: '' },
      schemas: {} as never,
      report: (secret) => seen.push(secret),
      cannotJudge: () => undefined,
    });
    expect(seen).toEqual([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'chat', namespace: 'shop' } }]);
  });

  it.each([
    ['a variable', variable({ name: 'chat', key: 'token' })],
    ['all variables', container({ envFrom: [{ secretRef: { name: 'chat' } }] })],
    ['a whole volume', volume({ secretName: 'chat' })],
    ['one file', volume({ secretName: 'chat', items: [{ key: 'token', path: 'x' }] })],
    [
      'an init container',
      { initContainers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'chat', key: 'token' } } }] }] },
    ],
  ])('is kept where the workload reads by %s', (_, pod) => {
    expect(found(secretsInContract, [cronJob('chat', pod)], contract(chat))).toEqual([]);
  });

  it('is kept by the kubelet and the ingress controller', () => {
    const pods = deployment('chat', { imagePullSecrets: [{ name: 'registry' }] });
    const site = object('networking.k8s.io/v1', 'Ingress', 'site', { spec: { tls: [{ secretName: 'cert' }] } });
    const secrets: { name: string; keys: Record<string, string[]> }[] = [
      { name: 'registry', keys: { '.dockerconfigjson': ['kubelet'] } },
      { name: 'cert', keys: { 'tls.crt': ['ingress controller'], 'tls.key': ['ingress controller'] } },
    ];
    expect(found(secretsInContract, [pods, site], contract(...secrets))).toEqual([]);
  });

  it.each([
    ['a Secret', variable({ name: 'extra', key: 'x', optional: true })],
    ['a key', variable({ name: 'chat', key: 'x', optional: true })],
    ['a volume', volume({ secretName: 'extra', optional: true })],
  ])('need not name what is optional: %s', (_, pod) => {
    const reader = deployment('chat', volume({ secretName: 'chat' }));
    expect(found(secretsInContract, [reader, within('shop', deployment('chat', pod))], contract(chat))).toEqual([]);
  });
});

describe('a Secret that lies among the manifests', () => {
  const secret = object('v1', 'Secret', 'trial', { stringData: { token: 'x' }, data: { key: 'eA==' } });

  it('has the keys that are read, whatever a contract says', () => {
    expect(found(secretsInContract, [secret, deployment('chat', variable({ name: 'trial', key: 'tokn' }))])).toEqual([
      `${at}.containers[0].env[0].valueFrom.secretKeyRef: reads the key tokn, which Secret trial does not have; expected \`token\``,
    ]);
  });

  it.each([
    ['a key', variable({ name: 'trial', key: 'token' })],
    ['encoded data', variable({ name: 'trial', key: 'key' })],
    ['all of it', volume({ secretName: 'trial' })],
    ['an optional key', variable({ name: 'trial', key: 'gone', optional: true })],
  ])('needs no contract: %s', (_, pod) => {
    expect(found(secretsInContract, [secret, deployment('chat', pod)], contract())).toEqual([]);
  });
});

describe('without an inventory', () => {
  it('the Secrets that are read are named as not judged, once each', () => {
    const pods = ['a', 'b'].map((name) => deployment(name, volume({ secretName: 'chat' })));
    expect(unanswered(secretsInContract, pods)).toEqual([
      'references/secret-contract: without an inventory nobody says whether there will be chat',
    ]);
    expect(found(secretsInContract, pods)).toEqual([]);
  });

  it('there is nothing to say where no Secret is read', () => {
    expect(unanswered(secretsInContract, [deployment('chat')])).toEqual([]);
  });
});
