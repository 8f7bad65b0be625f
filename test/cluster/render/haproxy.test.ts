import { HEALTH_URL, haproxy, SERVER_CHECK } from '../../../cluster/render/haproxy';
import { kind } from '../../../cluster/specs/kind';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { balancedByOne, pairOverIpv6, selfBalanced } from '../../support/balancers';
import { contentOf, pathsOf } from '../../support/machine-clusters';

const PATH = 'nodes/balancer-1/root/etc/haproxy/haproxy.cfg';

/** Lines of a section, without comments and indentation. */
function section(name: string, text = contentOf(haproxy, lab, PATH)): string[] {
  const [, body = ''] = new RegExp(`^${name}\\n((?: {4}.*\\n)+)`, 'm').exec(text) ?? [];
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

describe('HAProxy', () => {
  it('runs on every machine that balances, and comes back when it dies', () => {
    expect(pathsOf(haproxy, lab)).toEqual(
      ['balancer-1', 'balancer-2'].flatMap((name) => [
        `nodes/${name}/root/etc/haproxy/haproxy.cfg`,
        `nodes/${name}/root/etc/haproxy/end-sessions.lua`,
        `nodes/${name}/root/etc/systemd/system/haproxy.service.d/restart.conf`,
      ]),
    );
    const restart = 'nodes/balancer-2/root/etc/systemd/system/haproxy.service.d/restart.conf';
    expect(contentOf(haproxy, lab, restart)).toBe('[Service]\nRestart=always\n');
  });

  it('runs alone, or on the control planes', () => {
    expect(pathsOf(haproxy, balancedByOne())[0]).toBe(PATH);
    expect(pathsOf(haproxy, selfBalanced()).filter((path) => path.endsWith('.cfg'))).toEqual(
      [1, 2, 3].map((index) => `nodes/control-plane-${index}/root/etc/haproxy/haproxy.cfg`),
    );
  });

  it('is not needed behind a balancer of the cloud, nor by kind', () => {
    expect([haproxy(production), haproxy(kind)]).toEqual([[], []]);
  });

  it('takes connections for the API on every address of the machine: the one that moves may be elsewhere', () => {
    expect(section('frontend api')).toEqual(['bind :6443', 'default_backend api-servers']);
  });

  it('leaves the API servers their own port, where it stands beside them', () => {
    const text = contentOf(haproxy, selfBalanced(), 'nodes/control-plane-1/root/etc/haproxy/haproxy.cfg');
    expect(section('frontend api', text)).toContain('bind :8443');
    expect(section('backend api-servers', text)).toContain('server control-plane-1 192.0.2.97:6443');
  });

  it('balances between the API servers, each known by name', () => {
    expect(section('backend api-servers').filter((line) => line.startsWith('server '))).toEqual([
      'server control-plane-1 192.0.2.97:6443',
      'server control-plane-2 192.0.2.98:6443',
      'server control-plane-3 192.0.2.99:6443',
    ]);
  });

  it('asks for readiness over TLS, by the name that clients use, and expects 200', () => {
    expect(section('backend api-servers')).toEqual(
      expect.arrayContaining([
        'option httpchk',
        'http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host api.lab.example.com',
        'http-check expect status 200',
        'option log-health-checks',
        'timeout check 1s',
        'default-server check check-ssl verify none inter 1s fastinter 500ms downinter 2s fall 2 rise 2 slowstart 60s',
      ]),
    );
  });

  it('gives a server that hangs no more connections, and another one to whom it does not answer', () => {
    expect(section('backend api-servers')[0]).toBe('balance leastconn');
    expect(section('defaults')).toEqual(
      expect.arrayContaining(['timeout connect 1s', 'retries 3', 'option redispatch 1']),
    );
  });

  it('ends sessions of a server that is out, and not before those that still connect to it went elsewhere', () => {
    const program = contentOf(haproxy, lab, 'nodes/balancer-1/root/etc/haproxy/end-sessions.lua');
    const constant = (name: string): number => Number(new RegExp(`^local ${name} = (\\d+)$`, 'm').exec(program)?.[1]);
    expect(section('global')).toContain('lua-load /etc/haproxy/end-sessions.lua');
    expect(program).toContain('local BACKEND = "api-servers"\n');
    // It counts in ticks and acts where their sum is its patience, which began up to a tick after the server was out.
    expect(constant('PATIENCE') % constant('TICK')).toBe(0);
    expect(constant('PATIENCE') - constant('TICK')).toBeGreaterThan(SERVER_CHECK.connect);
  });

  it('leaves what is silent alone for hours, and finds what is dead by keep-alives', () => {
    expect(section('defaults')).toEqual(
      expect.arrayContaining([
        ...['client', 'server', 'tunnel'].map((side) => `timeout ${side} 4h`),
        ...['cli', 'srv'].flatMap((side) => [
          `option ${side}tcpka`,
          `${side}tcpka-idle 60s`,
          `${side}tcpka-intvl 10s`,
          `${side}tcpka-cnt 3`,
        ]),
      ]),
    );
  });

  it('passes TLS through, and logs connections but for those that said nothing', () => {
    expect(section('defaults')).toEqual(
      expect.arrayContaining(['mode tcp', 'log global', 'option tcplog', 'option dontlognull']),
    );
  });

  it('says that it runs, and shows its figures, to its own machine alone', () => {
    const health = section('frontend health');
    expect(health).toEqual(
      expect.arrayContaining(['mode http', 'bind 127.0.0.1:8404', 'monitor-uri /healthz', 'stats uri /stats']),
    );
    expect(HEALTH_URL).toBe('http://127.0.0.1:8404/healthz');
    // Servers that are away are no reason to move the address.
    expect(health.join('\n')).not.toContain('monitor fail');
  });

  it('has only the rights of its own user, and as many connections as 512 MiB hold', () => {
    expect(section('global')).toEqual(
      expect.arrayContaining(['user haproxy', 'group haproxy', 'chroot /var/lib/haproxy', 'maxconn 4000']),
    );
    expect(section('global')).toContain('stats socket /run/haproxy-admin.sock mode 600 level admin');
  });

  it('speaks IPv6 where the machines do', () => {
    const text = contentOf(haproxy, pairOverIpv6(), PATH);
    expect(section('frontend api', text)).toContain('bind [::]:6443');
    expect(section('backend api-servers', text)).toContain('server control-plane-1 [2001:db8::97]:6443');
  });
});
