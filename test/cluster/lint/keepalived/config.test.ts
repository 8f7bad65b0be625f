import { readKeepalived } from '../../../../cluster/lint/keepalived/config';

const only = (text: string) => readKeepalived(text).instances[0];

describe('an instance', () => {
  it('has the defaults of keepalived, at the line where it begins', () => {
    expect(only('\nvrrp_instance A {\n}\n')).toMatchObject({
      state: { value: 'BACKUP', line: 2 },
      priority: { value: 100, line: 2 },
      advertInterval: { value: 1, line: 2 },
      version: 2,
      checked: false,
    });
  });

  it('has no priority where a placeholder stands', () => {
    expect(only(`vrrp_instance A {\n priority \${PRIORITY}\n}`)?.priority).toBeUndefined();
  });

  it('speaks the version of its own, or else of global_defs', () => {
    const globals = 'global_defs {\n vrrp_version 3\n}\n';
    expect(only(`${globals}vrrp_instance A {\n}`)?.version).toBe(3);
    expect(only(`${globals}vrrp_instance A {\n version 2\n}`)?.version).toBe(2);
  });

  it('is checked by what the group around it tracks', () => {
    const script = 'vrrp_script check {\n weight -5\n}\n';
    const group = (name: string) => `vrrp_sync_group G {\n group {\n ${name}\n }\n track_script {\n check\n }\n}\n`;
    expect(only(`${script}${group('A')}vrrp_instance A {\n}`)).toMatchObject({
      checked: true,
      tracked: [{ name: 'check', weight: -5 }],
    });
    expect(only(`${script}${group('B')}vrrp_instance A {\n}`)?.checked).toBe(false);
  });

  it('is checked by a process, and not by an interface', () => {
    expect(only('vrrp_instance A {\n track_process {\n haproxy\n }\n}')?.checked).toBe(true);
    expect(only('vrrp_instance A {\n track_interface {\n eth0\n }\n}')?.checked).toBe(false);
  });

  it('may give a script a weight of its own', () => {
    const text = 'vrrp_script check {\n weight -5\n}\nvrrp_instance A {\n track_script {\n check weight -50\n }\n}';
    expect(only(text)?.tracked).toEqual([{ name: 'check', line: 6, weight: -50 }]);
  });

  it('has addresses without their prefix', () => {
    expect(only('vrrp_instance A {\n virtual_ipaddress {\n 192.0.2.1/24 dev eth0\n }\n}')?.addresses).toEqual([
      '192.0.2.1',
    ]);
  });
});

it('a script may run until its next turn unless it says otherwise', () => {
  const script = (text: string) => readKeepalived(`vrrp_script check {\n${text}\n}`).scripts[0]?.timeout?.value;
  expect(script('interval 7')).toBe(7);
  expect(script('interval 7\ntimeout 2')).toBe(2);
});
