import { secretsChecks } from '../../../../tools/check/secrets';
import { judged } from '../judged';
import { base64, hex, word } from './planted';

const said = (...objects: object[]) => judged(secretsChecks, objects).findings.map(({ check, at }) => `${check} ${at}`);
const metadata = { name: 'web', namespace: 'shop' };
const withContainer = (container: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...more },
});
const withEnv = (name: string, value: unknown) => withContainer({ env: [{ name, value }] });
const withData = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
const annotated = (key: string, value: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { ...metadata, annotations: { [key]: value } },
});

describe('secrets/env', () => {
  const AT = ['secrets/env Pod/web spec.containers[0].env[0].value'];

  it('finds a credential by the name of its variable', () => {
    expect(said(withEnv('DB_PASSWORD', 'hunter2'))).toEqual(AT);
  });

  it('finds a credential within a value', () => {
    expect(said(withEnv('JAVA_OPTS', '-Ddb.password=hunter2'))).toEqual(AT);
  });

  it('tells a variable once that does both', () => {
    expect(said(withEnv('DB_PASSWORD', 'password=hunter2'))).toEqual(AT);
  });

  it('finds it in an init container', () => {
    const initContainers = [{ name: 'init', image: 'web:1', env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }];
    expect(said(withContainer({}, { initContainers }))).toEqual([
      'secrets/env Pod/web spec.initContainers[0].env[0].value',
    ]);
  });

  it.each([
    ['the path of a file', withEnv('DB_PASSWORD_FILE', '/run/secrets/db/password')],
    ['a setting', withEnv('LOG_LEVEL', 'info')],
    [
      'a reference to a Secret',
      withContainer({ env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] }),
    ],
    ['no text at all', withEnv('DB_PASSWORD', 7)],
  ])('lets %s pass', (_, pod) => {
    expect(said(pod)).toEqual([]);
  });
});

describe('secrets/arguments', () => {
  it.each([
    ['an argument', { args: ['--password=hunter2'] }, 'args[0]'],
    ['a flag and the word after it', { args: ['--password', 'hunter2'] }, 'args[1]'],
    ['a quoted sentence in a script', { command: ['sh', '-c', 'DB_PASSWORD="a b" exec web'] }, 'command[2]'],
    ['a script', { command: ['sh', '-c', 'DB_PASSWORD=hunter2 exec web'] }, 'command[2]'],
    [
      'a probe',
      { livenessProbe: { exec: { command: ['redis-cli', '-a', 'hunter2'] } } },
      'livenessProbe.exec.command[1]',
    ],
  ])('finds it in %s', (_, container, path) => {
    expect(said(withContainer(container))).toEqual([`secrets/arguments Pod/web spec.containers[0].${path}`]);
  });

  it('lets references pass', () => {
    expect(said(withContainer({ args: ['--password=$(DB_PASSWORD)', '--user', 'web'] }))).toEqual([]);
  });
});

describe('secrets/config-map', () => {
  const AT = (path: string) => [`secrets/config-map ConfigMap/web ${path}`];

  it.each([
    ['a key of its own', { DB_PASSWORD: 'hunter2' }, 'data.DB_PASSWORD'],
    ['a setting within a file', { 'app.properties': 'user=web\npassword=hunter2\n' }, 'data["app.properties"]'],
    ['a file that is called like one', { password: 'user=web\npassword=hunter2\n' }, 'data.password'],
    ['a file in base64', { file: base64('user=web\npassword=hunter2\n') }, 'data.file'],
  ])('finds it as %s', (_, data, path) => {
    expect(said(withData(data))).toEqual(AT(path));
  });

  it('says how long a key of its own is, in a block too', () => {
    const [finding] = judged(secretsChecks, [withData({ DB_PASSWORD: 'hunter2\n' })]).findings;
    expect(finding?.wrong).toBe('is a literal, 7 characters');
  });

  it('finds a short key of its own in binary data', () => {
    const binaryData = { DB_PASSWORD: base64('hunter2') };
    expect(said({ apiVersion: 'v1', kind: 'ConfigMap', metadata, binaryData })).toEqual(AT('binaryData.DB_PASSWORD'));
  });

  it('finds it in binary data', () => {
    const binaryData = { 'app.properties': base64('user=web\npassword=hunter2\n') };
    expect(said({ apiVersion: 'v1', kind: 'ConfigMap', metadata, binaryData })).toEqual(
      AT('binaryData["app.properties"]'),
    );
  });

  it.each([
    ['settings', { PORT: '8080', REDIS_URL: 'redis://redis:6379', REDIS_USERNAME: 'chat' }],
    ['a script that is called like one', { 'generate-password': '#!/bin/sh\nexec pwgen\n' }],
    ['a path', { DB_PASSWORD: '/run/secrets/db/password' }],
    ['a checksum', { checksum: hex(64) }],
    ['a list of accounts', { passwd: 'root:x:0:0::/root:/bin/sh\nweb:x:10001:10001::/:/bin/false\n' }],
  ])('lets %s pass', (_, data) => {
    expect(said(withData(data))).toEqual([]);
  });

  it('asks nothing of the metadata', () => {
    const { data, ...bare } = withData({});
    expect(said({ ...bare, metadata: { ...metadata, finalizers: ['token=hunter2'] } })).toEqual([]);
  });
});

describe('secrets/annotations', () => {
  it.each([
    ['a value', 'example.com/api-token', 'hunter2'],
    ['a part of a value', 'example.com/options', '{"password": "hunter2"}'],
    ['a value of a key called secret', 'example.com/secret', 'hunter_2'],
    ['a value of a key that begins with secret', 'example.com/secret-token', 'hunter2'],
  ])('finds it as %s', (_, key, value) => {
    expect(said(annotated(key, value))).toEqual([`secrets/annotations Service/web metadata.annotations["${key}"]`]);
  });

  it('finds it on the pods of a workload', () => {
    const template = { metadata: { annotations: { token: 'hunter2' } }, spec: { containers: [] } };
    expect(said({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } })).toEqual([
      'secrets/annotations Deployment/web spec.template.metadata.annotations.token',
    ]);
  });

  it.each([
    ['the name of a Secret', 'nginx.ingress.kubernetes.io/auth-secret', 'basic-auth'],
    ['the name of a Secret in camel case', 'example.com/authSecret', 'basic-auth'],
    ['the name of a Secret of another namespace', 'nginx.ingress.kubernetes.io/auth-secret', 'infra/basic-auth'],
    ['how long a token lives', 'eks.amazonaws.com/token-expiration', '86400'],
    ['a checksum', 'checksum/secret', hex(64)],
    ['a name before the slash', 'token.example.com/class', word(32)],
  ])('lets %s pass', (_, key, value) => {
    expect(said(annotated(key, value))).toEqual([]);
  });
});
