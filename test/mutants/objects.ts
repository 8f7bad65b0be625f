import { changes, having, type Mutant, without } from './mutant';

const CHAT = 'Deployment/chat';
const REDIS = 'StatefulSet/redis';

/** Faults of how objects find each other. */
export const objectMutants: readonly Mutant[] = [
  ...changes('selectors', [
    [
      'a Service selects nobody',
      'references/service-pods',
      'Service/chat',
      ['spec.selector.[app.kubernetes.io/name]', 'caht'],
    ],
    [
      'a budget selects nobody',
      'references/budget-pods',
      'PodDisruptionBudget/chat',
      ['spec.selector.matchLabels.[app.kubernetes.io/name]', 'hallo'],
    ],
    [
      'a budget takes a neighbour along',
      'references/budget-pods',
      'PodDisruptionBudget/chat',
      ['spec.selector.matchLabels', { 'app.kubernetes.io/part-of': 'chat' }],
    ],
    [
      'a policy selects nobody',
      'references/policy-pods',
      'NetworkPolicy/redis',
      ['spec.podSelector.matchLabels', { 'app.kubernetes.io/name': 'rediss' }],
    ],
    [
      'a policy opens to nobody',
      'references/policy-pods',
      'NetworkPolicy/redis',
      ['spec.ingress.0.from.0.podSelector.matchLabels', { 'app.kubernetes.io/name': 'caht' }],
    ],
    [
      'a template loses the label of its selector',
      'references/own-selector',
      CHAT,
      ['spec.template.metadata.labels.[app.kubernetes.io/instance]'],
    ],
    [
      'a selector takes a neighbour along',
      'references/own-selector',
      CHAT,
      ['spec.selector.matchLabels', { 'app.kubernetes.io/part-of': 'chat' }],
    ],
  ]),
  ...changes('references', [
    [
      'a Service leads to a port that nobody opens',
      'references/target-ports',
      'Service/chat',
      ['spec.ports.0.targetPort', 'https'],
    ],
    [
      'a Service leads to a number that nobody opens',
      'references/target-ports',
      'Service/redis',
      ['spec.ports.0.targetPort', 6380],
    ],
    [
      'an Ingress leads to no Service',
      'references/ingress-backends',
      'Ingress/chat',
      ['spec.rules.0.http.paths.0.backend.service.name', 'caht'],
    ],
    [
      'an Ingress leads to no port',
      'references/ingress-backends',
      'Ingress/chat',
      ['spec.rules.0.http.paths.0.backend.service.port', { number: 8081 }],
    ],
    [
      'an Ingress is of a class that nobody serves',
      'references/ingress-class',
      'Ingress/chat',
      ['spec.ingressClassName', 'nginx'],
    ],
    [
      'an autoscaler scales nobody',
      'references/scaler-target',
      'HorizontalPodAutoscaler/chat',
      ['spec.scaleTargetRef.name', 'caht'],
    ],
    ['replicas are fixed beside an autoscaler', 'references/scaler-target', CHAT, ['spec.replicas', 3]],
    [
      'a ConfigMap that is not there is read',
      'references/config-map-keys',
      CHAT,
      ['spec.template.spec.containers.0.envFrom.0.configMapRef.name', 'caht'],
    ],
    [
      'a volume is not there',
      'references/mounts',
      CHAT,
      ['spec.template.spec.containers.0.volumeMounts.0.name', 'tmp'],
    ],
    ['a StatefulSet has no Service', 'references/governing-service', REDIS, ['spec.serviceName', 'redis-headless']],
    [
      'an object lives in a namespace that nobody makes',
      'references/namespace',
      'ServiceAccount/chat',
      ['metadata.namespace', 'caht'],
    ],
    [
      'pods have a priority that nobody defines',
      'references/priority-class',
      CHAT,
      ['spec.template.spec.priorityClassName', 'high'],
    ],
    [
      'pods mount a claim that nobody makes',
      'references/claims',
      CHAT,
      ['spec.template.spec.volumes.0', { name: 'writable-tmp', persistentVolumeClaim: { claimName: 'tmp' } }],
    ],
  ]),
  having('references', 'adds a ConfigMap that nobody reads', 'references/orphan-config-map', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {},
    data: { a: 'b' },
  }),
  having('references', 'adds a second Service chat', 'references/duplicates', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'chat' },
    spec: { ports: [{ port: 80, targetPort: 8080 }], selector: { 'app.kubernetes.io/name': 'chat' } },
  }),
  without('references', 'ConfigMap/redis', 'references/config-map-keys'),
  without('references', 'ServiceAccount/chat', 'references/service-account'),
  without('references', 'Service/redis', 'references/governing-service'),
];
