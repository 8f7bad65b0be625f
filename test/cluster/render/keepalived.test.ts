import { keepalived } from '../../../cluster/render/keepalived';
import { kind } from '../../../cluster/specs/kind';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { balancedByOne, pairOverIpv6, selfBalanced } from '../../support/balancers';
import { contentOf, pathsOf } from '../../support/machine-clusters';

const configurationOf = (name: string, cluster = lab): string =>
  contentOf(keepalived, cluster, `nodes/${name}/root/etc/keepalived/keepalived.conf`);

/** Words of a block, without comments. */
function block(name: string, text: string): string {
  const [, body = ''] = new RegExp(`^ *${name} \\{\\n([^}]*)\\}`, 'm').exec(text.replaceAll(/^ *#.*\n/gm, '')) ?? [];
  return body.replaceAll(/\s+/g, ' ').trim();
}

describe('keepalived', () => {
  it('stands beside HAProxy wherever an address moves, and comes back when it dies', () => {
    expect(pathsOf(keepalived, lab)).toEqual(
      ['balancer-1', 'balancer-2'].flatMap((name) => [
        `nodes/${name}/root/etc/keepalived/keepalived.conf`,
        `nodes/${name}/root/etc/keepalived/check-haproxy`,
        `nodes/${name}/root/etc/keepalived/check-apiserver`,
        `nodes/${name}/root/etc/systemd/system/keepalived.service.d/restart.conf`,
      ]),
    );
    const restart = 'nodes/balancer-2/root/etc/systemd/system/keepalived.service.d/restart.conf';
    expect(contentOf(keepalived, lab, restart)).toMatch(/^After=haproxy\.service$(?:.*\n)*Restart=on-failure$/m);
  });

  it('is not needed where no address moves', () => {
    expect([balancedByOne(), production, kind].flatMap((cluster) => keepalived(cluster))).toEqual([]);
  });

  it('leaves the address with whoever holds it, and takes it away where HAProxy is dead', () => {
    for (const name of ['balancer-1', 'balancer-2']) {
      expect(configurationOf(name)).toMatch(/^ {4}state BACKUP\n {4}nopreempt$/m);
      expect(block('vrrp_script haproxy', configurationOf(name))).toBe(
        'script "/etc/keepalived/check-haproxy http://127.0.0.1:8404/healthz" interval 1 timeout 1 fall 2 rise 2 weight 0 init_fail',
      );
      expect(block('track_script', configurationOf(name))).toBe('haproxy');
    }
  });

  it('gives each machine a priority of its own', () => {
    const priorities = (names: readonly string[], cluster = lab) =>
      names.map((name) => /^ {4}priority (\d+)$/m.exec(configurationOf(name, cluster))?.[1]);
    expect(priorities(['balancer-1', 'balancer-2'])).toEqual(['254', '253']);
    expect(priorities(['control-plane-1', 'control-plane-2', 'control-plane-3'], selfBalanced())).toEqual([
      '254',
      '253',
      '252',
    ]);
  });

  it('speaks to the other machines by their addresses', () => {
    expect(configurationOf('balancer-1')).toMatch(/^ {4}unicast_src_ip 192\.0\.2\.91$/m);
    expect(block('unicast_peer', configurationOf('balancer-1'))).toBe('192.0.2.92');
    expect(block('unicast_peer', configurationOf('control-plane-2', selfBalanced()))).toBe('192.0.2.97 192.0.2.99');
  });

  it('holds the address on the interface of the cluster', () => {
    expect(configurationOf('balancer-2')).toMatch(/^ {4}interface eth1$/m);
    expect(block('virtual_ipaddress', configurationOf('balancer-2'))).toBe('192.0.2.90/32');
    expect(block('virtual_ipaddress', configurationOf('balancer-2', pairOverIpv6()))).toBe('2001:db8::90/128');
  });

  it('has the same id on each machine', () => {
    const ids = ['balancer-1', 'balancer-2'].map(
      (name) => /^ {4}virtual_router_id \d+$/m.exec(configurationOf(name))?.[0],
    );
    expect(ids).toEqual(['    virtual_router_id 209', '    virtual_router_id 209']);
  });

  it('runs no check that others could change, and announces a move again and again', () => {
    expect(block('global_defs', configurationOf('balancer-1'))).toBe(
      'router_id balancer-1 vrrp_version 3 vrrp_garp_master_refresh 60 script_user root enable_script_security',
    );
  });

  it('says how to ask for the API by hand, here and by the shared address', () => {
    expect(configurationOf('balancer-1')).toContain(
      '/etc/keepalived/check-apiserver https://192.0.2.91:6443 https://192.0.2.90:6443\n',
    );
    expect(configurationOf('balancer-1', pairOverIpv6())).toContain(' https://[2001:db8::90]:6443\n');
    expect(configurationOf('control-plane-1', selfBalanced())).toContain(' https://192.0.2.90:8443\n');
  });
});
