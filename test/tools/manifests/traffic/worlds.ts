import * as fc from 'fast-check';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type {
  IPBlock,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from 'kubernetes-types/networking/v1';
import type { Manifest } from '../../../../tools/render/order';
import type { ConcreteAddress, ConcretePod } from './naive';
import { namespace, policy, workload } from './sample';

/** A set of manifests and everything concrete that connections can be asked about. */
export interface World {
  readonly manifests: readonly Manifest[];
  readonly policies: readonly NetworkPolicy[];
  readonly rendered: readonly (ConcretePod & { readonly name: string })[];
  readonly outside: readonly (ConcretePod | ConcreteAddress)[];
}

/** Small alphabets, so that selectors choose something and ports meet. */
const podLabels = fc.record(
  { app: fc.constantFrom('chat', 'redis'), tier: fc.constantFrom('web', 'store') },
  { requiredKeys: [] },
);
const teamLabels = fc.record({ team: fc.constantFrom('red', 'blue') }, { requiredKeys: [] });
const NAME = 'kubernetes.io/metadata.name';
/** Policies and workloads live in the first two; the others hold pods that the set does not render. */
const HOMES = ['alpha', 'beta'] as const;
const ELSEWHERE = ['gamma', 'delta'] as const;
const ADDRESSES = ['10.0.0.5', '10.0.1.5', '10.0.1.130', '192.0.2.9', '2001:db8::5', '2001:db8:1::5'];
export const PORTS = [1, 53, 79, 80, 81, 82, 83, 90, 443, 65535];

const selectorOver = (keys: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<LabelSelector> => {
  const pair = fc.constantFrom(
    ...Object.entries(keys).flatMap(([key, values]) => values.map((value) => [key, value] as const)),
  );
  const requirement = pair.chain(([key, value]) =>
    fc.oneof(
      fc.record({
        key: fc.constant(key),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.subarray([...(keys[key] ?? [value])], { minLength: 1 }),
      }),
      fc.record({ key: fc.constant(key), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    ),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 4, arbitrary: pair.map(([key, value]) => ({ matchLabels: { [key]: value } })) },
    { weight: 2, arbitrary: requirement.map((one) => ({ matchExpressions: [one] })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(pair, requirement)
        .map(([[key, value], one]) => ({ matchLabels: { [key]: value }, matchExpressions: [one] })),
    },
  );
};

const podSelector = selectorOver({ app: ['chat', 'redis'], tier: ['web', 'store'] });
const namespaceSelector = fc.oneof(
  { weight: 3, arbitrary: selectorOver({ team: ['red', 'blue'], [NAME]: [...HOMES, ...ELSEWHERE] }) },
  {
    weight: 1,
    arbitrary: fc
      .subarray([...HOMES, ...ELSEWHERE], { minLength: 1 })
      .map((values): LabelSelector => ({ matchExpressions: [{ key: NAME, operator: 'In', values }] })),
  },
);

const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector }),
  fc
    .constantFrom<IPBlock>(
      { cidr: '10.0.0.0/8' },
      { cidr: '10.0.0.0/8', except: ['10.0.1.0/24'] },
      { cidr: '10.0.0.0/16', except: ['10.0.1.0/25', '10.0.1.128/25'] },
      { cidr: '0.0.0.0/0', except: ['10.0.1.128/25'] },
      { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] },
    )
    .map((ipBlock) => ({ ipBlock })),
);

const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP', undefined);
const port: fc.Arbitrary<NetworkPolicyPort> = fc
  .oneof(
    fc.record({ protocol, port: fc.constantFrom(80, 81, 83, 443) }),
    fc.record({ protocol, port: fc.constantFrom('web', 'dns', 'nothing') }),
    fc.record({ protocol, port: fc.constantFrom(1, 79, 80), endPort: fc.constantFrom(80, 81, 90, 65535) }),
    fc.record({ protocol }),
  )
  .map(defined);

/** A list that a policy leaves out, leaves empty, or fills. */
const list = <T>(entry: fc.Arbitrary<T>, maxLength = 2): fc.Arbitrary<T[] | undefined> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 5, arbitrary: fc.array(entry, { maxLength }) });

const spec: fc.Arbitrary<NetworkPolicySpec> = fc
  .record({
    podSelector,
    policyTypes: fc.constantFrom<string[] | undefined>(undefined, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: list(fc.record({ from: list(peer), ports: list(port) }).map(defined)),
    egress: list(fc.record({ to: list(peer), ports: list(port) }).map(defined)),
  })
  .map(defined);

const container = fc.array(
  fc
    .record({
      name: fc.constantFrom('web', 'web', 'dns', undefined),
      protocol: fc.constantFrom('TCP', 'UDP', undefined),
      containerPort: fc.constantFrom(53, 80, 81),
    })
    .map(defined),
  { maxLength: 3 },
);

const rendered = fc.record({
  home: fc.constantFrom(...HOMES),
  labels: podLabels,
  hostNetwork: fc.integer({ max: 7, min: 0 }).map((n) => n === 7),
  ports: container,
});
const outside = fc.record({ home: fc.constantFrom(...ELSEWHERE), labels: podLabels, ports: container });

export const world: fc.Arbitrary<World> = fc
  .record({
    /** Which namespaces the set renders, and the labels that each has, whoever renders it. */
    renders: fc.subarray([...HOMES, ...ELSEWHERE]),
    teams: fc.record({ alpha: teamLabels, beta: teamLabels, gamma: teamLabels, delta: teamLabels }),
    pods: fc.array(rendered, { minLength: 1, maxLength: 4 }),
    strangers: fc.array(outside, { maxLength: 3 }),
    policies: fc.array(fc.record({ home: fc.constantFrom(...HOMES), spec }), { maxLength: 4 }),
  })
  .map(({ renders, teams, pods, strangers, policies }) => {
    const isRendered = (name: string): boolean => renders.some((other) => other === name);
    // Of a namespace that is used and not rendered nothing is known but its name.
    const known = (name: keyof typeof teams, labels: Record<string, string>) => ({
      name,
      labels: { ...labels, [NAME]: name },
    });
    const objects = policies.map(({ home, spec }, index) => policy(home, `policy-${index}`, spec));
    return {
      manifests: [
        ...renders.map((name) => namespace(name, teams[name])),
        ...pods.map(({ home, ...pod }, index) => workload(home, `pod-${index}`, pod)),
        ...objects,
      ],
      policies: objects,
      rendered: pods.map(({ home, ...pod }, index) => ({
        kind: 'pod',
        name: `pod-${index}`,
        namespace: known(home, isRendered(home) ? teams[home] : {}),
        ...pod,
      })),
      outside: [
        ...strangers.map(
          ({ home, ...pod }): ConcretePod => ({
            kind: 'pod',
            hostNetwork: false,
            namespace: known(home, teams[home]),
            ...pod,
          }),
        ),
        ...ADDRESSES.map((address): ConcreteAddress => ({ kind: 'address', address })),
      ],
    };
  });

/** Without the fields that are undefined: YAML has no such value. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}
