import { readKeepalived } from '../../../../cluster/lint/keepalived/config';
import { KEEPALIVED_RULES } from '../../../../cluster/lint/keepalived/rules';

/** A pair that nothing is wrong with. */
const clean = (priority: number) => `global_defs {
  enable_script_security
  script_user keepalived_script
}
vrrp_script haproxy {
  script "/etc/keepalived/check.sh"
  interval 1
  timeout 1
  fall 2
  weight 0
}
vrrp_instance api {
  state BACKUP
  nopreempt
  interface eth1
  virtual_router_id 77
  priority ${priority}
  advert_int 1
  unicast_src_ip 192.0.2.91
  unicast_peer {
    192.0.2.92
  }
  virtual_ipaddress {
    192.0.2.90/32
  }
  track_script {
    haproxy
  }
}
`;

interface Case {
  /** Texts of the clean file, each with what stands in its place. */
  readonly edits: readonly (readonly [string | RegExp, string])[];
  readonly sees: string;
  readonly other?: string;
  readonly script?: string;
}

const SHAPES: Readonly<Record<string, readonly Case[]>> = {
  braces: [
    {
      edits: [['192.0.2.90/32\n  }', '192.0.2.90/32']],
      sees: '23: the block of `virtual_ipaddress` is still open where `track_script` stands in line 25',
    },
  ],
  'no-check': [
    {
      edits: [
        [/ {2}track_script[^}]*\}\n/, ''],
        [/vrrp_script[^}]*\}\n/, ''],
      ],
      sees: '5: api tracks no script, process or file',
    },
  ],
  'check-not-tracked': [
    { edits: [[/ {2}track_script[^}]*\}\n/, '']], sees: '5: no instance tracks the script haproxy' },
    { edits: [[/vrrp_script[^}]*\}\n/, '']], sees: '20: there is no vrrp_script haproxy' },
  ],
  'nopreempt-weight': [
    {
      edits: [['weight 0', 'weight -20']],
      sees: '27: api tracks haproxy with weight -20 and has nopreempt in line 14',
    },
    {
      edits: [['    haproxy', '    haproxy weight 20']],
      sees: '27: api tracks haproxy with weight 20 and has nopreempt in line 14',
    },
  ],
  'weight-alone': [
    {
      edits: [
        ['weight 0', 'weight -20'],
        ['  nopreempt\n', ''],
        ['fall 2', 'fall 1'],
      ],
      sees: '26: weight -20 of haproxy cannot be judged alone',
    },
  ],
  'check-status': [
    {
      edits: [],
      script: '#!/bin/sh\n# curl is there\ncurl --silent \\\n  http://127.0.0.1:8404/',
      sees: '6: check.sh, line 3, calls curl without --fail',
    },
    {
      edits: [['/etc/keepalived/check.sh', 'curl -sS http://127.0.0.1:8404/']],
      sees: '6: the command calls curl without --fail',
    },
  ],
  'slow-check': [
    {
      edits: [['fall 2', 'fall 5']],
      sees: '7: api gives its address up 5.0 s after haproxy began to fail (5 × 1 s); more than 4 s',
    },
  ],
  'check-timeout': [{ edits: [['timeout 1', 'timeout 10']], sees: '8: haproxy may hang for 10 s; more than 3 s' }],
  'slow-adverts': [
    {
      edits: [['advert_int 1', 'advert_int 5']],
      sees: '18: the address of api moves 15.0 s after its holder lost its power (advert_int 5); more than 4 s',
    },
  ],
  'master-nopreempt': [{ edits: [['BACKUP', 'MASTER']], sees: '14: api has nopreempt and, in line 13, state MASTER' }],
  preempts: [
    { edits: [['  nopreempt\n', '']], other: clean(253), sees: '16: api has the higher priority 254 and no nopreempt' },
    {
      edits: [
        ['  nopreempt\n', ''],
        ['BACKUP', 'MASTER'],
      ],
      sees: '13: api begins as MASTER and has no nopreempt',
    },
  ],
  'equal-priorities': [{ edits: [], other: clean(254), sees: "17: priority 254 of api is the other machine's, too" }],
  'tutorial-router-id': [
    { edits: [['id 77', 'id 1']], sees: '16: virtual_router_id 1 of api stands in tutorials' },
    { edits: [['id 77', 'id 51']], sees: '16: virtual_router_id 51 of api stands in tutorials' },
  ],
  multicast: [
    { edits: [[/ {2}unicast_peer[^}]*\}\n/, '']], sees: '12: api has no unicast_peer: it speaks by multicast' },
  ],
  'fractional-interval': [
    { edits: [['interval 1', 'interval 0.5']], sees: '7: interval 0.5 of haproxy is no whole number' },
  ],
  'script-security': [
    { edits: [['  enable_script_security\n', '']], sees: '4: global_defs has no enable_script_security' },
    { edits: [[/ {2}script_user.*\n/, '']], sees: '4: global_defs has no script_user' },
  ],
  'auth-pass': [
    {
      edits: [['advert_int 1', 'advert_int 1\n  authentication {\n    auth_pass 123456789\n  }']],
      sees: '20: the password of api is cut to 8 characters',
    },
    {
      edits: [['advert_int 1', 'version 3\n  authentication {\n    auth_pass 1\n  }']],
      sees: '20: api has a password, and VRRP version 3',
    },
  ],
};

/** What all rules see, by the last part of the rule's name. */
function seen(text: string, { other, script }: Partial<Case> = {}): Record<string, string[]> {
  const config = readKeepalived(text, (name) => (name === 'check.sh' ? script : undefined));
  const others = other === undefined ? [] : [readKeepalived(other)];
  const sightings = KEEPALIVED_RULES.map(({ id, find }): [string, string[]] => [
    id.replace('keepalived/', ''),
    [...find(config, others)].map(({ line, what }) => `${line}: ${what}`),
  ]);
  return Object.fromEntries(sightings.filter(([, list]) => list.length > 0));
}

/** Fails where a text is not there, so that no case edits nothing. */
function edited(edits: Case['edits']): string {
  return edits.reduce((text, [from, to]) => {
    const result = text.replace(from, () => to);
    if (result === text) throw new Error(`the clean file does not hold ${from}`);
    return result;
  }, clean(254));
}

const cases = Object.entries(SHAPES).flatMap(([rule, list]) => list.map((one): [string, Case] => [rule, one]));

describe('keepalived.conf', () => {
  it.each(cases)('%s is seen, and nothing else: %o', (rule, one) => {
    expect(seen(edited(one.edits), one)).toEqual({ [rule]: [one.sees] });
  });

  it('of a clean pair shows nothing', () => {
    const script = 'curl -sfm 1 http://127.0.0.1:8404/ || command -v curl';
    expect(seen(clean(254), { other: clean(253), script })).toEqual({});
  });

  describe('of a pair that preempts', () => {
    const preempting = (priority: number, weight: number) =>
      edited([
        ['  nopreempt\n', ''],
        ['weight 0', `weight ${weight}`],
        ['fall 2', 'fall 1'],
        ['254', String(priority)],
      ]);

    it.each([
      [-10, 'weight -10, but the priorities 110 and 100 are 10 apart'],
      [10, 'weight 10, but the priorities 110 and 100 are 10 apart'],
    ])('weight-gap is seen where the weight %i is not larger than the gap', (weight, what) => {
      const found = seen(preempting(110, weight), { other: preempting(100, weight) });
      expect(found['weight-gap']).toEqual([`26: haproxy has ${what}`]);
    });

    it.each([[-11], [11]])('weight-gap is not seen where the weight %i is larger', (weight) => {
      expect(seen(preempting(110, weight), { other: preempting(100, weight) })).toEqual({
        preempts: ['16: api has the higher priority 110 and no nopreempt'],
      });
    });

    it('the machine of lower priority is not the one that has to give way', () => {
      expect(seen(preempting(100, -10), { other: preempting(110, -10) })).toEqual({});
    });

    it('an instance of another address or router is no rival', () => {
      const alone = { 'weight-alone': ['26: weight -10 of haproxy cannot be judged alone'] };
      const other = preempting(100, -10);
      expect(seen(preempting(110, -10), { other: other.replace('192.0.2.90', '192.0.2.80') })).toEqual(alone);
      expect(seen(preempting(110, -10), { other: other.replace('id 77', 'id 78') })).toEqual(alone);
    });
  });

  it('has a case for every rule', () => {
    const covered = [...Object.keys(SHAPES), 'weight-gap'].map((name) => `keepalived/${name}`);
    expect(covered.sort()).toEqual(KEEPALIVED_RULES.map(({ id }) => id).sort());
  });
});
