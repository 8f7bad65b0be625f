import { containerd } from '../../../cluster/render/containerd';
import { kind } from '../../../cluster/specs/kind';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { contentOf, labBuilt, labWith, pathsOf } from '../../support/machine-clusters';

const { parse }: typeof import('smol-toml', { with: { 'resolution-mode': 'import' }}) = require('smol-toml');

const path = (file: string, machine = 'worker-1') => `nodes/${machine}/root${file}`;
const read = (file: string, cluster = lab) => contentOf(containerd, cluster, path(file));
const config = (cluster = lab) => parse(read('/etc/containerd/config.toml', cluster));

describe('containerd', () => {
  it('is set up on every machine that runs pods, and on no other', () => {
    const machines = new Set(pathsOf(containerd, lab).map((one) => one.split('/')[1]));
    expect([...machines]).toEqual(['control-plane-1', 'control-plane-2', 'control-plane-3', 'worker-1', 'worker-2']);
    expect(containerd(kind)).toEqual([]);
  });

  it('reads the third version of its configuration, in which the names below mean something', () => {
    expect(config()).toMatchObject({ version: 3 });
  });

  it('leaves control groups to systemd', () => {
    expect(config()).toMatchObject({
      plugins: {
        'io.containerd.cri.v1.runtime': {
          containerd: {
            runtimes: { runc: { runtime_type: 'io.containerd.runc.v2', options: { SystemdCgroup: true } } },
          },
        },
      },
    });
  });

  it.each([
    ['1.36', 'supported', '3.10.2'],
    ['1.33', 'seed', '3.10'],
  ] as const)('holds the namespaces of pods by the image that kubeadm %s (%s) pulls', (minor, profile, tag) => {
    expect(config(labWith({ kubernetes: minor, profile }))).toMatchObject({
      plugins: { 'io.containerd.cri.v1.images': { pinned_images: { sandbox: `registry.k8s.io/pause:${tag}` } } },
    });
  });
});

describe('a registry', () => {
  const host = 'registry.lab.example.com:5000';

  it('is looked for where its file lies', () => {
    expect(config()).toMatchObject({
      plugins: { 'io.containerd.cri.v1.images': { registry: { config_path: '/etc/containerd/certs.d' } } },
    });
    expect(pathsOf(containerd, lab)).toContain(path(`/etc/containerd/certs.d/${host}/hosts.toml`));
  });

  it('is trusted by its own authority, over TLS, and only read', () => {
    expect(parse(read(`/etc/containerd/certs.d/${host}/hosts.toml`))).toEqual({
      server: `https://${host}`,
      host: { [`https://${host}`]: { capabilities: ['pull', 'resolve'], ca: '/etc/slipway/registry-ca.crt' } },
    });
  });

  it("is trusted by the system's authorities where it has none of its own", () => {
    const cluster = labBuilt({ registries: [{ host: 'registry.example.com' }] });
    const hosts = parse(read('/etc/containerd/certs.d/registry.example.com/hosts.toml', cluster));
    expect(hosts).toMatchObject({ host: { 'https://registry.example.com': { capabilities: ['pull', 'resolve'] } } });
    expect(JSON.stringify(hosts)).not.toContain('"ca"');
  });

  it('that nobody named is reached as usual', () => {
    expect(pathsOf(containerd, production).filter((one) => one.includes('certs.d'))).toEqual([]);
  });

  it('is a host: a path is refused, for containerd would not look there', () => {
    expect(() => labBuilt({ registries: [{ host: 'registry.example.com/team' }] })).toThrow(
      'cluster lab.build.registries.0.host: "registry.example.com/team" has a path; expected host and port',
    );
  });
});

describe("containerd's unit", () => {
  const unit = read('/etc/systemd/system/containerd.service');

  it('runs what the release archive brings', () => {
    expect(unit).toContain('\nExecStart=/usr/local/bin/containerd\n');
  });

  it.each(['Delegate=yes', 'KillMode=process'])('lets pods outlive a restart: %s', (line) => {
    expect(unit.split('\n')).toContain(line);
  });

  it('is ready when containerd says so, comes again when it dies, and starts with the machine', () => {
    expect(unit.split('\n')).toEqual(
      expect.arrayContaining(['Type=notify', 'Restart=always', 'WantedBy=multi-user.target']),
    );
  });
});

describe('the kernel of a node', () => {
  const settings = Object.fromEntries(
    read('/etc/sysctl.d/60-slipway.conf')
      .trim()
      .split('\n')
      .map((line) => line.split(' = ')),
  );

  it('forwards packets, and filters those of bridges', () => {
    expect(settings).toMatchObject({
      'net.ipv4.ip_forward': '1',
      'net.bridge.bridge-nf-call-iptables': '1',
      'net.bridge.bridge-nf-call-ip6tables': '1',
    });
    expect(read('/etc/modules-load.d/60-slipway.conf')).toBe('overlay\nbr_netfilter\n');
  });

  it('believes no packet of an address that is not behind its interface: Calico refuses to run otherwise', () => {
    expect(settings['net.ipv4.conf.all.rp_filter']).toBe('1');
  });
});
