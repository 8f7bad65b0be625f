import { kind } from '../../../charts/environments/kind';
import { production } from '../../../charts/environments/production';
import { render, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const secrets = { PASSWORD: { secret: 'vault', key: 'password' }, TOKEN: { secret: 'vault', key: 'token' } };
const pod = (fields: object) =>
  render(sampleEnvironment([sampleApp('notes', { secrets })({})], fields)).pods[0]?.template.spec;

describe('secrets', () => {
  it('arrive as files that only the pod’s group reads, each named by a variable', () => {
    const { containers, volumes } = pod({ secretDelivery: 'files' });
    expect(containers[0].env).toEqual([
      { name: 'PASSWORD_FILE', value: '/run/secrets/vault/password' },
      { name: 'TOKEN_FILE', value: '/run/secrets/vault/token' },
    ]);
    expect(volumes).toContainEqual({
      name: 'secret-vault',
      secret: {
        secretName: 'vault',
        defaultMode: 0o440,
        items: [
          { key: 'password', path: 'password' },
          { key: 'token', path: 'token' },
        ],
      },
    });
    expect(containers[0].volumeMounts).toContainEqual({
      name: 'secret-vault',
      mountPath: '/run/secrets/vault',
      readOnly: true,
    });
  });

  it('arrive as variables by reference where the environment says so', () => {
    const { containers, volumes } = pod({ secretDelivery: 'env' });
    expect(containers[0].env).toEqual([
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'vault', key: 'password' } } },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'vault', key: 'token' } } },
    ]);
    expect(volumes.map(({ name }: { name: string }) => name)).toEqual(['writable-tmp']);
  });

  it('are never rendered themselves', () => {
    for (const environment of [production, kind]) {
      expect(render(environment).objects.filter((object) => object.kind === 'Secret')).toEqual([]);
    }
  });
});

describe('the contract', () => {
  it('lists each key of each Secret with everybody who reads it', () => {
    expect(render(kind).facts.secrets).toEqual([
      { name: 'chat', type: 'Opaque', keys: { session_key: ['chat'] } },
      {
        name: 'mysql',
        type: 'Opaque',
        keys: { password: ['chat', 'mysql'], root_pass: ['mysql'] },
        rotations: expect.anything(),
      },
      { name: 'redis', type: 'Opaque', keys: { chat_password: ['chat', 'redis'] } },
    ]);
  });

  it('says how a running database learns a password that it took at its first start, and of no other key', () => {
    const rotation = (key: string) => ({
      pod: 'mysql-0',
      container: 'mysql',
      command: ['sh', '/etc/slipway/rotate.sh', key],
    });
    expect(render(kind).facts.secrets.flatMap(({ rotations }) => (rotations ? [rotations] : []))).toEqual([
      { password: rotation('password'), root_pass: rotation('root_pass') },
    ]);
  });

  it('names the TLS Secret, which the ingress controller reads', () => {
    expect(render(production).facts.secrets).toContainEqual({
      name: 'chat-tls',
      type: 'kubernetes.io/tls',
      keys: { 'tls.crt': ['ingress controller'], 'tls.key': ['ingress controller'] },
    });
  });
});
