import { configMapKeys, orphanConfigMaps } from '../../../../tools/check/references/config-maps';
import { configMap, cronJob, deployment, found, object, within } from './samples';

const container = (fields: object) => ({ containers: [{ name: 'main', ...fields }] });
const variable = (configMapKeyRef: object) =>
  container({
    env: [
      { name: 'X', valueFrom: { configMapKeyRef } },
      { name: 'Y', value: '1' },
    ],
  });
const variables = (configMapRef: object) => container({ envFrom: [{ prefix: 'X_' }, { configMapRef }] });
const volume = (configMap: object) => ({ volumes: [{ name: 'v', configMap }] });
const projected = (configMap: object) => ({
  volumes: [{ name: 'v', projected: { sources: [{ secret: {} }, { configMap }] } }],
});
const at = 'Deployment/chat spec.template.spec';

describe('a ConfigMap that a pod reads', () => {
  it.each([
    ['a variable', variable({ name: 'chta', key: 'PORT' }), 'containers[0].env[0].valueFrom.configMapKeyRef'],
    ['all variables', variables({ name: 'chta' }), 'containers[0].envFrom[1].configMapRef'],
    ['a volume', volume({ name: 'chta' }), 'volumes[0].configMap'],
    ['a projected volume', projected({ name: 'chta' }), 'volumes[0].projected.sources[1].configMap'],
    [
      'an init container',
      { initContainers: [{ envFrom: [{ configMapRef: { name: 'chta' } }] }] },
      'initContainers[0].envFrom[0].configMapRef',
    ],
  ])('for %s is found where it is not rendered', (_, pod, path) => {
    expect(found(configMapKeys, [deployment('chat', pod), configMap('chat')])).toEqual([
      `${at}.${path}: reads the ConfigMap chta, which is not rendered; expected \`chat\``,
    ]);
  });

  it('is not the one of that name in another namespace', () => {
    expect(
      found(configMapKeys, [deployment('chat', volume({ name: 'chat' })), within('other', configMap('chat'))]),
    ).toEqual([
      `${at}.volumes[0].configMap: reads the ConfigMap chat, which is not rendered; expected a rendered ConfigMap of its namespace`,
    ]);
  });

  it.each([
    ['a variable', variable({ name: 'chat', key: 'PROT' }), 'PROT', '`PORT`'],
    ['a volume', volume({ name: 'chat', items: [{ key: 'PORT' }, { key: 'PROT' }] }), 'PROT', '`PORT`'],
    [
      'a projected volume',
      projected({ name: 'chat', items: [{ key: 'elsewhere' }] }),
      'elsewhere',
      'one of `PORT`, `logo.png`',
    ],
  ])('has the key that %s asks for', (_, pod, key, right) => {
    const map = { ...configMap('chat', { PORT: '80' }), binaryData: { 'logo.png': 'AA==' } };
    expect(found(configMapKeys, [deployment('chat', pod), map])).toEqual([
      expect.stringContaining(`reads the key ${key}, which ConfigMap chat does not have; expected ${right}`),
    ]);
  });

  it('that is empty has nothing to offer instead of a key', () => {
    const pod = deployment('chat', variable({ name: 'chat', key: 'PORT' }));
    expect(found(configMapKeys, [pod, object('v1', 'ConfigMap', 'chat')]).join()).toContain(
      'expected a key that it has',
    );
  });

  it.each([
    ['is rendered', variable({ name: 'chat', key: 'PORT' })],
    ['has the key in binary', volume({ name: 'chat', items: [{ key: 'logo.png' }] })],
    ['is read as a whole', variables({ name: 'chat' })],
    ['is optional', variable({ name: 'gone', key: 'X', optional: true })],
    ['is optional in its key', variable({ name: 'chat', key: 'X', optional: true })],
    ['is in every namespace', volume({ name: 'kube-root-ca.crt', items: [{ key: 'ca.crt' }] })],
  ])('is right where it %s', (_, pod) => {
    const map = { ...configMap('chat', { PORT: '80' }), binaryData: { 'logo.png': 'AA==' } };
    expect(found(configMapKeys, [deployment('chat', pod), map])).toEqual([]);
  });
});

describe('a ConfigMap', () => {
  it('that no pod reads is found', () => {
    expect(found(orphanConfigMaps, [configMap('old'), deployment('chat', volume({ name: 'new' }))])).toEqual([
      'ConfigMap/old metadata.name: is read by no pod; expected a pod that mounts it or takes variables from it, or no such ConfigMap',
    ]);
  });

  it('that is read in another namespace alone is found', () => {
    expect(
      found(orphanConfigMaps, [configMap('chat'), within('other', deployment('chat', variables({ name: 'chat' })))]),
    ).toHaveLength(1);
  });

  it.each([
    ['a variable', variable({ name: 'chat', key: 'PORT' })],
    ['all variables', variables({ name: 'chat' })],
    ['a volume', volume({ name: 'chat' })],
    ['a projected volume', projected({ name: 'chat' })],
    ['an optional reference', volume({ name: 'chat', optional: true })],
  ])('that %s reads is right', (_, pod) => {
    expect(found(orphanConfigMaps, [configMap('chat'), cronJob('chat', pod)])).toEqual([]);
  });
});
