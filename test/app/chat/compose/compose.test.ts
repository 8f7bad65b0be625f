/** compose.yaml, read as Compose merges it. That Compose itself takes it is asked by `npm run verify:static`. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '@slipway/common/settings';
import { parse } from 'yaml';
import { chatSettings, contradictions } from '../../../../app/chat/src/settings';
import { kind } from '../../../../charts/environments/kind';
import { temporaryFolder } from '../../../support/copy';
import { type Rendered, render } from '../../../support/rendered';

const root = join(__dirname, '../../../..');
const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
const compose: Rendered = parse(text, { merge: true });
const services = Object.entries<Rendered>(compose.services);
const { chat, redis, mysql } = { chat: compose.services['chat-1'], ...compose.services };
const charts = render(kind);
const fileOf = (path: string) => readFileSync(join(root, 'app/chat/compose', path), 'utf8');

describe('every service', () => {
  it.each(services)('%s has a root to read, no rights and an end to its memory', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      pids_limit: expect.any(Number),
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
    });
  });

  it('runs an image of a known release; the stores’ are those of the charts', () => {
    const images = services.map(([, { image }]) => image);
    expect(images.filter((image) => !/:(dev|\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?)$/.test(image))).toEqual([]);
    for (const name of ['redis', 'mysql']) {
      const store = readFileSync(join(root, `charts/stores/${name}.ts`), 'utf8');
      expect(store).toContain(`stock: '${compose.services[name].image}'`);
    }
  });
});

describe('the chat', () => {
  it('runs twice, alike', () => {
    expect(compose.services['chat-2']).toEqual(chat);
    const servers = [...fileOf('haproxy.cfg').matchAll(/^ {2}server (\S+) "\$\{(\w+)\}"$/gm)].map(([, name]) => name);
    expect(servers).toEqual(services.flatMap(([name]) => (name.startsWith('chat-') ? [name] : [])));
  });

  it('takes everything that it is told, and misses nothing', () => {
    const { environment } = chat;
    const known = new Set(Object.keys(chatSettings).flatMap((name) => [name, `${name}_FILE`]));
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
    const given = Object.entries<string>(environment).map(([name, value]) =>
      name.endsWith('_FILE') ? [name.slice(0, -5), 'x'.repeat(64)] : [name, value],
    );
    expect(contradictions(readSettings(chatSettings, Object.fromEntries(given)))).toEqual([]);
  });

  it('starts once its stores answer, and is balanced to once it is ready', () => {
    const healthy = { condition: 'service_healthy' };
    expect(chat.depends_on).toEqual({ redis: healthy, mysql: healthy });
    expect(compose.services.balancer.depends_on).toEqual({ 'chat-1': healthy, 'chat-2': healthy });
    expect(services.filter(([, { healthcheck }]) => healthcheck === undefined).map(([name]) => name)).toEqual([
      'balancer',
    ]);
    expect(chat.healthcheck.test.at(-1)).toContain('/ready');
  });

  it('takes the caller’s address from the balancer, and from nobody before it', () => {
    expect(chat.environment.PROXY_HOPS).toBe('1');
  });

  it('serves until the balancer has noticed that it leaves', () => {
    const [, seconds, asked] = / inter (\d+)s fall (\d+) /.exec(fileOf('haproxy.cfg')) ?? [];
    expect(Number(seconds) * Number(asked)).toBeLessThan(Number(chat.environment.SHUTDOWN_DELAY_SECONDS));
  });

  it('has more time to end than it takes', () => {
    const { SHUTDOWN_DELAY_SECONDS, SHUTDOWN_DRAIN_SECONDS } = chat.environment;
    const { terminationGracePeriodSeconds } = charts.object('Deployment', 'chat').spec.template.spec;
    expect(chat.stop_grace_period).toBe(`${terminationGracePeriodSeconds}s`);
    expect(Number(SHUTDOWN_DELAY_SECONDS) + Number(SHUTDOWN_DRAIN_SECONDS)).toBeLessThan(terminationGracePeriodSeconds);
  });
});

describe('who is reached', () => {
  it('is the balancer alone from outside, and from this machine only', () => {
    expect(services.flatMap(([name, { ports }]) => (ports ? [[name, ports]] : []))).toEqual([
      ['balancer', ['127.0.0.1:8080:8080']],
    ]);
  });

  it('are stores by the chat alone', () => {
    expect(compose.networks.back).toEqual({ internal: true });
    expect(services.map(([name, { networks }]) => [name, networks])).toEqual([
      ['chat-1', ['front', 'back']],
      ['chat-2', ['front', 'back']],
      ['balancer', ['front']],
      ['redis', ['back']],
      ['mysql', ['back']],
    ]);
  });
});

describe('the stores', () => {
  it.each(['redis', 'mysql'])('%s is configured as in the chart', (name) => {
    const data = Object.entries<string>(charts.object('ConfigMap', name).data).filter(([file]) => file.includes('.'));
    expect(
      Object.fromEntries(
        readdirSync(join(root, 'app/chat/compose', name)).map((file) => [file, fileOf(`${name}/${file}`)]),
      ),
    ).toEqual(Object.fromEntries(data));
  });

  it.each(['redis', 'mysql'])('%s may hold as much as in the chart, on which its configuration counts', (name) => {
    const [container] = charts.object('StatefulSet', name).spec.template.spec.containers;
    expect(`${compose.services[name].mem_limit}i`.toLowerCase()).toBe(container.resources.limits.memory.toLowerCase());
  });

  it('keep what they hold', () => {
    expect(redis.volumes).toContain('redis:/data');
    expect(mysql.volumes).toContain('mysql:/var/lib/mysql');
    expect(Object.keys(compose.volumes)).toEqual(['redis', 'mysql']);
  });

  it('let root into MySQL from nowhere else', () => {
    expect(mysql.environment).toMatchObject({ MYSQL_ROOT_HOST: 'localhost' });
  });
});

describe('the secrets', () => {
  const [command = ''] = /mkdir -m 700 secrets .*$/m.exec(text) ?? [];

  it('are files that the command of the first lines makes, each its own', () => {
    const folder = temporaryFolder();
    execFileSync('sh', ['-c', `umask 077; ${command}`], { cwd: folder });
    const files = readdirSync(join(folder, 'secrets'));
    expect(files.map((name) => `./secrets/${name}`).sort()).toEqual(
      Object.values<Rendered>(compose.secrets)
        .map(({ file }) => file)
        .sort(),
    );
    const values = files.map((name) => readFileSync(join(folder, 'secrets', name), 'utf8'));
    expect(values.filter((value) => !/^[0-9a-f]{64}$/.test(value))).toEqual([]);
    expect(new Set(values).size).toBe(files.length);
    // A container's user is nobody here: who may not enter the folder is kept out, the file itself is for all.
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    expect(files.map((name) => statSync(join(folder, 'secrets', name)).mode & 0o777)).toEqual(files.map(() => 0o444));
  });

  it('are not made anew where they are: the stores would keep the old ones', () => {
    const folder = temporaryFolder();
    execFileSync('sh', ['-c', command], { cwd: folder });
    expect(() => execFileSync('sh', ['-c', command], { cwd: folder, stdio: 'ignore' })).toThrow();
  });

  it('are made and handed to a cluster as docs/start.md says', () => {
    const start = readFileSync(join(root, 'docs/start.md'), 'utf8');
    expect(start).toContain(`\n${command}\n`);
    const made = [...start.matchAll(/create secret generic (\w+)((?: --from-file=\w+=secrets\/\w+)+)/g)].map(
      ([, name, files = '']) => [name, [...files.matchAll(/--from-file=(\w+)=/g)].map(([, key]) => key)],
    );
    expect(made).toEqual(charts.facts.secrets.map(({ name, keys }) => [name, Object.keys(keys)]));
  });

  it('never reach git', () => {
    const ignored = execFileSync('git', ['check-ignore', 'secrets/session_key'], { cwd: root, encoding: 'utf8' });
    expect(ignored).toBe('secrets/session_key\n');
  });

  it('are given as files, to whom they concern', () => {
    expect(services.map(([name, { secrets }]) => [name, secrets])).toEqual([
      ['chat-1', ['session_key', 'redis_password', 'mysql_password']],
      ['chat-2', ['session_key', 'redis_password', 'mysql_password']],
      ['balancer', undefined],
      ['redis', ['redis_password']],
      ['mysql', ['mysql_password', 'mysql_root_password']],
    ]);
    const variables = services.flatMap(([, { environment }]) => Object.entries<string>(environment ?? {}));
    const secret = variables.filter(([name]) => /PASSWORD|KEY/.test(name));
    expect(secret.filter(([name, value]) => !name.endsWith('_FILE') || !value.startsWith('/run/secrets/'))).toEqual([]);
  });
});
