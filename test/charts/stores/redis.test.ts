import { kind } from '../../../charts/environments/kind';
import { production } from '../../../charts/environments/production';
import { redis } from '../../../charts/stores/redis';
import { bytes } from '../../../tools/parse/quantity';
import { faultsOf } from '../../support/faults';
import { render, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const store = redis({ resources: { cpu: ['100m', '100m'], memory: ['256Mi', '256Mi'] }, storage: '1Gi' });
const config = (environment: Parameters<typeof render>[0]) => render(environment).object('ConfigMap', 'redis').data;

describe('redis', () => {
  it('leaves two fifths of its memory to the copies that BGSAVE and rewrites make, and refuses writes when full', () => {
    expect(config(production)['redis.conf']).toContain(`maxmemory ${Math.floor((bytes('1Gi') ?? 0) * 0.6)}\n`);
    expect(config(production)['redis.conf']).toContain('maxmemory-policy noeviction\n');
  });

  it('gives every caller a user and a password of its own', () => {
    const call = { calls: [{ to: 'redis', port: 6379 }] };
    const rendered = render(sampleEnvironment([store, sampleApp('notes', call)({}), sampleApp('side-car', call)({})]));
    const acl = (rendered.object('ConfigMap', 'redis').data['start.sh'] as string)
      .split('\n')
      .filter((line) => line.startsWith('user '));
    expect(acl).toEqual([
      'user default on nopass resetkeys resetchannels -@all +ping',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's variable, not ours.
      'user notes on #${notes} resetkeys ~notes:* resetchannels &notes:* +@all -@admin -@dangerous',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's variable, not ours.
      'user side-car on #${side_car} resetkeys ~side-car:* resetchannels &side-car:* +@all -@admin -@dangerous',
    ]);
    expect(rendered.facts.secrets).toEqual([
      { name: 'redis', type: 'Opaque', keys: { notes_password: ['redis'], 'side-car_password': ['redis'] } },
    ]);
  });

  it('gets passwords as its environment delivers secrets', () => {
    const env = (environment: Parameters<typeof render>[0]) =>
      render(environment).object('StatefulSet', 'redis').spec.template.spec.containers[0].env;
    expect(env(production)).toEqual([{ name: 'CHAT_PASSWORD_FILE', value: '/run/secrets/redis/chat_password' }]);
    expect(env(kind)).toEqual([
      { name: 'CHAT_PASSWORD', valueFrom: { secretKeyRef: { name: 'redis', key: 'chat_password' } } },
    ]);
  });

  it('rolls its pod when its configuration changes', () => {
    const annotations = (memory: string) => {
      const other = redis({ resources: { cpu: ['100m', '100m'], memory: [memory, memory] }, storage: '1Gi' });
      return render(sampleEnvironment([other])).object('StatefulSet', 'redis').spec.template.metadata.annotations;
    };
    expect(annotations('256Mi')).not.toEqual(annotations('512Mi'));
  });

  it('needs a size for its volume', () => {
    const without: object = { resources: { cpu: ['1', '1'], memory: ['1Gi', '1Gi'] } };
    expect(faultsOf(() => render(sampleEnvironment([redis(without as Parameters<typeof redis>[0])])))).toEqual([
      'sample.redis.storage: is missing; expected a string',
    ]);
  });
});
