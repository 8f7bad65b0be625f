import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import execa from 'execa';
import { parse } from 'yaml';
import { filesIn, temporaryFolder } from '../support/copy';
import { readConfiguration } from './casc';
import { ROOT } from './tools';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly secrets?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly [field: string]: unknown;
}

const text = readFileSync(join(ROOT, 'jenkins/compose.yaml'), 'utf8');
const { services, secrets } = parse(text, { merge: true }) as {
  services: Readonly<Record<'controller' | 'agent' | 'buildkit', Service>>;
  secrets: Readonly<Record<string, { readonly file: string }>>;
};
const { controller, agent, buildkit } = services;
const all = Object.entries(services);

/** Where a volume is mounted. */
const mountOf = (service: Service, volume: string): readonly [path: string, mode?: string] => {
  const [, path = '', mode] = service.volumes?.map((line) => line.split(':')).find(([name]) => name === volume) ?? [];
  return mode === undefined ? [path] : [path, mode];
};

describe('the controller and the agent', () => {
  it.each(['controller', 'agent'] as const)('%s can change nothing of itself, and gain nothing', (name) => {
    expect(services[name]).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('publish one port, on this machine', () => {
    expect(all.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]))).toEqual([
      ['controller', '127.0.0.1:8081:8080'],
    ]);
  });

  it('know each other by the name and folder that the controller has of the agent', () => {
    const [{ permanent }] = readConfiguration().jenkins.nodes;
    expect(agent.environment).toMatchObject({ AGENT_NAME: permanent.name, JENKINS_URL: 'http://controller:8080/' });
    expect(mountOf(agent, 'work')).toEqual([permanent.remoteFS]);
  });
});

describe('images', () => {
  it('are built without the host’s Docker: no socket, no device, nobody privileged', () => {
    for (const [, service] of all) {
      for (const field of ['privileged', 'devices', 'network_mode', 'pid', 'ipc', 'userns_mode', 'cap_add'])
        expect(service).not.toHaveProperty(field);
      expect(service.volumes?.filter((volume) => /^[./~]|docker\.sock/.test(volume))).toEqual([]);
    }
  });

  it('are built by nobody’s root, with the profiles off that rootless builds cannot work under, and no others', () => {
    expect(buildkit.image).toMatch(/^moby\/buildkit:v\d+\.\d+\.\d+-rootless$/);
    expect(buildkit.user).toBe('1000:1000');
    expect(buildkit.security_opt).toEqual(['seccomp=unconfined', 'apparmor=unconfined', 'systempaths=unconfined']);
  });

  it('are ordered through a socket that the agent finds where the builder makes it', () => {
    const [made] = mountOf(buildkit, 'builder');
    const [found, mode] = mountOf(agent, 'builder');
    expect([made, mode]).toEqual(['/run/user/1000', 'ro']);
    // rootlesskit: $XDG_RUNTIME_DIR/buildkit/buildkitd.sock
    expect(agent.environment?.BUILDKIT_HOST).toBe(`unix://${posix.join(found, 'buildkit/buildkitd.sock')}`);
    const [, standard] = /BUILDKIT_HOST=(\S+)/.exec(readFileSync(join(ROOT, 'jenkins/agent/Dockerfile'), 'utf8')) ?? [];
    expect(agent.environment?.BUILDKIT_HOST).toBe(standard);
  });

  it('are built where no Jenkins can be reached', () => {
    expect(buildkit.networks.filter((network) => controller.networks.includes(network))).toEqual([]);
    expect(buildkit.networks.filter((network) => agent.networks.includes(network))).toEqual([]);
  });
});

describe('secrets', () => {
  it('are files outside of git, each for those who need it', async () => {
    const used = new Set(all.flatMap(([, service]) => service.secrets ?? []));
    expect([...used].sort()).toEqual(Object.keys(secrets).sort());
    expect(Object.entries(secrets).filter(([name, { file }]) => file !== `../secrets/jenkins/${name}`)).toEqual([]);
    const ignored = await execa('git', ['check-ignore', 'secrets/jenkins/admin_password'], {
      cwd: ROOT,
      reject: false,
    });
    expect(ignored.exitCode).toBe(0);
  });

  it('of the agent is the one that it connects with: builds get theirs from the controller, one at a time', () => {
    expect(agent.secrets).toEqual(['agent_secret']);
    expect(controller.secrets).not.toContain('agent_secret');
    expect(buildkit.secrets).toBeUndefined();
  });

  it('are made by the commands at the head of the file: those that nobody brings are random, the others wait', () => {
    const folder = temporaryFolder();
    const commands = [...text.matchAll(/^# {3}(.*)$/gm)].map(([, command]) => command);
    execa.sync('bash', ['-euc', commands.join('\n')], { cwd: folder });
    const made = filesIn(join(folder, 'secrets/jenkins'));
    expect(Object.keys(made)).toEqual(Object.keys(secrets).sort());
    const random = Object.entries(made).filter(([, content]) => /^[0-9a-f]{64}$/.test(content));
    expect(random.map(([name]) => name)).toEqual(['admin_password', 'github_webhook_secret', 'user_password']);
    expect(new Set(random.map(([, content]) => content)).size).toBe(3);
    expect(statSync(join(folder, 'secrets/jenkins')).mode & 0o777).toBe(0o700);
  });

  it('are no variables, which everybody may read', () => {
    const shown = all.flatMap(([, { environment = {} }]) =>
      Object.keys(environment).filter((name) => /PASSWORD|TOKEN|KEY$|SECRET$/.test(name)),
    );
    expect(shown).toEqual([]);
  });
});

describe('everybody', () => {
  it.each(all)('%s has limits, and says whether it is well', (_, service) => {
    expect(service).toMatchObject({
      mem_limit: expect.any(String),
      pids_limit: expect.any(Number),
      restart: 'unless-stopped',
      healthcheck: expect.objectContaining({ test: expect.any(Array) }),
    });
  });

  it.each(all)('%s is of one release, or built here', (_, { image, build }) => {
    if (build === undefined) expect(image).toMatch(/:v?\d+\.\d+\.\d+/);
    else expect(image).toMatch(/^slipway\.local\/jenkins/);
  });
});
