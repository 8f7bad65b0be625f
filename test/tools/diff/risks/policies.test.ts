import type { Rendered } from '../../../support/rendered';
import { add, set } from '../edits';
import { compared, edited, named, reportOn, world } from '../world';

const reason = (edit: (object: Rendered) => void) => {
  const { risk, fields } = edited('NetworkPolicy/chat', edit);
  return { risk, why: fields[0]?.reasons[0]?.why };
};

const peer = ({ spec }: Rendered) => spec.ingress[0].from[0].ipBlock;

describe('a policy that changes', () => {
  it('widens access by the flows that it opens, and names them', () => {
    expect(reason(add('spec.ingress.0.ports', { port: 9090 }))).toEqual({
      risk: 'access',
      why: 'opens 192.0.2.0/24 → Deployment shop/chat: TCP 9090',
    });
  });

  it('opens everything where it stops to isolate', () => {
    const { why } = reason(set('spec.ingress', [{}]));
    expect(why).toMatch(/^opens anyone → Deployment shop\/chat: every TCP port/);
  });

  it('is safe where it only narrows, whatever its text', () => {
    expect(
      reason((policy) => {
        peer(policy).cidr = '192.0.2.0/25';
      }),
    ).toMatchObject({ risk: 'safe' });
  });

  it('is safe where it leaves out some of what it allowed', () => {
    expect(
      reason((policy) => {
        peer(policy).except = ['192.0.2.8/29'];
      }),
    ).toMatchObject({ risk: 'safe' });
  });

  it('opens what it no longer leaves out', () => {
    const [before, after] = [world(), world()];
    peer(named(before, 'NetworkPolicy/chat')).except = ['192.0.2.8/29'];
    expect(reportOn(compared(before, after), 'NetworkPolicy/chat').risk).toBe('access');
  });

  it('says what it closes', () => {
    expect(reason(set('spec.ingress', []))).toEqual({
      risk: 'safe',
      why: 'closes 192.0.2.0/24 → Deployment shop/chat: TCP 8080',
    });
  });

  it('opens nothing where two rules say what one said', () => {
    const { risk } = reason(
      set(
        'spec.ingress',
        ['192.0.2.0/25', '192.0.2.128/25'].map((cidr) => ({
          from: [{ ipBlock: { cidr } }],
          ports: [{ port: 8080 }],
        })),
      ),
    );
    expect(risk).toBe('safe');
  });

  it('is taken to open where it guards no pod of the set: nobody can tell', () => {
    expect(edited('NetworkPolicy/elsewhere', set('spec.policyTypes', ['Egress'])).risk).toBe('access');
  });

  it('of which a label alone changes opens nothing, whomever it guards', () => {
    expect(edited('NetworkPolicy/elsewhere', set('metadata.labels', { a: 'b' })).risk).toBe('safe');
  });
});

describe('a policy that comes or goes', () => {
  const without = (name: string) =>
    world().filter(({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata.name !== name);

  it('opens what nothing else keeps closed', () => {
    expect(reportOn(compared(world(), without('deny-all')), 'NetworkPolicy/deny-all').risk).toBe('access');
  });

  it('opens nothing where another one keeps it closed', () => {
    expect(reportOn(compared(world(), without('chat')), 'NetworkPolicy/chat').risk).toBe('safe');
  });

  it('widens access where it is an exception that comes', () => {
    expect(reportOn(compared(without('chat'), world()), 'NetworkPolicy/chat')).toMatchObject({
      risk: 'access',
      reasons: [{ why: 'opens 192.0.2.0/24 → Deployment shop/chat: TCP 8080' }],
    });
  });

  it('widens nothing where it only isolates', () => {
    expect(reportOn(compared(without('deny-all'), world()), 'NetworkPolicy/deny-all').risk).toBe('safe');
  });
});

describe('labels', () => {
  it('of pods open what policies allow pods with them', () => {
    const report = edited('StatefulSet/store', set('spec.template.metadata.labels.app', 'chat'));
    expect(report.fields[0]?.reasons).toContainEqual({
      risk: 'access',
      why: 'opens 192.0.2.0/24 → StatefulSet shop/store: TCP 8080',
    });
  });

  it('of a namespace open what policies allow namespaces with them', () => {
    const [before, after] = [world(), world()];
    for (const objects of [before, after]) {
      objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'friends' } });
      objects.push({
        ...structuredClone(named(objects, 'ReplicaSet/old')),
        metadata: { name: 'friend', namespace: 'friends' },
      });
      named(objects, 'NetworkPolicy/chat').spec.ingress.push({
        from: [{ namespaceSelector: { matchLabels: { friend: 'yes' } } }],
      });
    }
    named(after, 'Namespace/friends').metadata.labels = { friend: 'yes' };
    const [reasons] = reportOn(compared(before, after), 'Namespace/friends').fields.map((field) => field.reasons);
    expect(reasons?.[0]).toMatchObject({
      risk: 'access',
      why: expect.stringContaining('ReplicaSet friends/friend → Deployment shop/chat'),
    });
  });
});

describe('the difference of traffic', () => {
  it('is none where a workload is only allowed by another rule', () => {
    const [before, after] = [world(), world()];
    named(after, 'NetworkPolicy/chat').spec.ingress.push({
      from: [{ ipBlock: { cidr: '192.0.2.64/26' } }],
      ports: [{ port: 8080 }],
    });
    expect(compared(before, after).traffic).toEqual({ opened: [], closed: [] });
  });

  it.each([
    ['two halves instead of a whole', ['192.0.2.0/25', '192.0.2.128/25'], ['192.0.2.0/24'], 0],
    ['a whole instead of two halves', ['192.0.2.0/24'], ['192.0.2.0/25', '192.0.2.128/25'], 0],
    ['a whole instead of a half', ['192.0.2.0/24'], ['192.0.2.0/25'], 1],
    ['IPv6 as well', ['2001:db8::/32'], ['2001:db8::/33', '2001:db8:8000::/33'], 0],
    ['one family for the other', ['192.0.2.0/24'], ['2001:db8::/32'], 1],
  ])('counts addresses, not networks: %s', (_, now, old, opened) => {
    const sets = [old, now].map((cidrs) => {
      const objects = world();
      named(objects, 'NetworkPolicy/chat').spec.ingress[0].from = cidrs.map((cidr) => ({ ipBlock: { cidr } }));
      return objects;
    });
    expect(compared(sets[0] ?? [], sets[1] ?? []).traffic.opened).toHaveLength(opened);
  });

  it('counts a port that only some of the addresses had', () => {
    const rule = (cidr: string, port: number) => ({ from: [{ ipBlock: { cidr } }], ports: [{ port }] });
    const [before, after] = [world(), world()];
    named(before, 'NetworkPolicy/chat').spec.ingress = [rule('192.0.2.0/25', 80), rule('192.0.2.128/25', 81)];
    named(after, 'NetworkPolicy/chat').spec.ingress = [rule('192.0.2.0/24', 80)];
    expect(compared(before, after).traffic.opened).toHaveLength(1);
  });

  it('tells a narrower selector of pods from a wider one', () => {
    const from = (labels: Rendered) => [
      { namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: { matchLabels: labels } },
    ];
    const [before, after] = [world(), world()];
    named(before, 'NetworkPolicy/chat').spec.ingress[0].from = from({});
    named(after, 'NetworkPolicy/chat').spec.ingress[0].from = from({ role: 'b' });
    expect([compared(before, after), compared(after, before)].map(({ traffic }) => traffic.opened.length)).toEqual([
      0, 1,
    ]);
  });
});
