import { changes, type Mutant } from './mutant';

const CHAT = 'Deployment/chat';
const REDIS = 'StatefulSet/redis';

/** Faults of single fields: what is stored, fixed, too much, or none of what the API takes. */
export const fieldMutants: readonly Mutant[] = [
  ...changes('storage', [
    [
      'a claim is of a class that nobody has',
      'references/storage-class',
      REDIS,
      ['spec.volumeClaimTemplates.0.spec.storageClassName', 'fast'],
    ],
    [
      'a claim template grows',
      'immutability/fields',
      REDIS,
      ['spec.volumeClaimTemplates.0.spec.resources.requests.storage', '20Gi'],
    ],
    ['a storage class deletes', 'immutability/fields', 'StorageClass/gp3', ['reclaimPolicy', 'Delete']],
    [
      'claims ask for more than the quota',
      'capacity/quota',
      'ResourceQuota/chat',
      ['spec.hard.[requests.storage]', '5Gi'],
    ],
  ]),
  ...changes(
    'storage',
    [
      [
        'a volume lies elsewhere',
        'immutability/fields',
        'PersistentVolume/chat-worker-1-volume-1',
        ['spec.local.path', '/mnt/other'],
      ],
      [
        'a volume is of a class that nobody has',
        'references/storage-class',
        'PersistentVolume/chat-worker-2-volume-2',
        ['spec.storageClassName', 'locale'],
      ],
    ],
    'lab',
  ),
  ...changes('immutability', [
    [
      'a namespace goes with its release',
      'immutability/kept-data',
      'Namespace/chat',
      ['metadata.annotations.[helm.sh/resource-policy]'],
    ],
    [
      'a selector changes',
      'immutability/fields',
      CHAT,
      ['spec.selector.matchLabels', { 'app.kubernetes.io/name': 'chat' }],
    ],
    ['a StatefulSet changes its Service', 'immutability/fields', REDIS, ['spec.serviceName', 'chat']],
    ['a StatefulSet starts all pods at once', 'immutability/fields', REDIS, ['spec.podManagementPolicy', 'Parallel']],
    ['a headless Service gets an address', 'immutability/fields', 'Service/redis', ['spec.clusterIP', '10.96.0.7']],
    ['a binding gives another role', 'immutability/fields', 'RoleBinding/deployer', ['roleRef.name', 'viewer']],
  ]),
  ...changes('capacity', [
    [
      'the quota is smaller than the autoscaler',
      'capacity/quota',
      'ResourceQuota/chat',
      ['spec.hard.[requests.cpu]', '1'],
    ],
    ['the quota has no room for a rollout', 'capacity/quota', 'ResourceQuota/chat', ['spec.hard.pods', '11']],
    ['the autoscaler outgrows the quota', 'capacity/quota', 'HorizontalPodAutoscaler/chat', ['spec.maxReplicas', 100]],
    [
      'a container asks for less than it must',
      'capacity/limit-range',
      CHAT,
      ['spec.template.spec.containers.0.resources.requests.memory', '1Mi'],
    ],
    [
      'a container may take more than it should',
      'capacity/limit-range',
      REDIS,
      ['spec.template.spec.containers.0.resources.limits.cpu', '16'],
    ],
    [
      'a pod is larger than any node',
      'capacity/nodes',
      REDIS,
      ['spec.template.spec.containers.0.resources.requests.memory', '32Gi'],
    ],
    ['a budget never lets a pod go', 'capacity/budget', 'PodDisruptionBudget/redis', ['spec.maxUnavailable', 0]],
    [
      'a budget wants all pods',
      'capacity/budget',
      'PodDisruptionBudget/chat',
      ['spec.maxUnavailable'],
      ['spec.minAvailable', '100%'],
    ],
  ]),
  ...changes('schema', [
    ['a field is misspelt', 'schema/shape', CHAT, ['spec.template.spec.containers.0.resorces', {}]],
    ['a field has another case', 'schema/shape', 'Service/redis', ['spec.clusterIp', 'None']],
    ['a number is a string', 'schema/shape', CHAT, ['spec.minReadySeconds', '5']],
    ['a required field is missing', 'schema/shape', CHAT, ['spec.selector']],
    ['a quantity is none', 'schema/shape', CHAT, ['spec.template.spec.containers.0.resources.limits.memory', '512MB']],
    ['a choice is none of them', 'schema/choices', 'Service/chat', ['spec.type', 'Clusterip']],
    [
      'a variable stands twice',
      'schema/unique',
      CHAT,
      ['spec.template.spec.containers.0.env.1', { name: 'SESSION_KEY_FILE', value: '/tmp/key' }],
    ],
    ['a count is negative', 'schema/ranges', REDIS, ['spec.replicas', -1]],
    ['a version was removed', 'schema/served', 'PodDisruptionBudget/chat', ['apiVersion', 'policy/v1beta1']],
    ['a kind was removed', 'schema/served', 'Ingress/chat', ['apiVersion', 'extensions/v1beta1']],
    [
      'a port is beyond the last',
      'schema/ports',
      CHAT,
      ['spec.template.spec.containers.0.ports.0.containerPort', 80800],
    ],
    [
      'a port has too long a name',
      'schema/ports',
      CHAT,
      ['spec.template.spec.containers.0.ports.1.name', 'prometheus-metrics'],
    ],
  ]),
  ...changes('names', [
    ['a name has capitals', 'schema/names', 'ConfigMap/chat', ['metadata.name', 'Chat']],
    ['a name has an underscore', 'schema/names', 'Service/chat', ['metadata.name', 'chat_web']],
    ['a Service begins with a digit', 'schema/names', 'Service/chat', ['metadata.name', '1chat']],
    [
      'a label value has a space',
      'schema/names',
      CHAT,
      ['metadata.labels.[app.kubernetes.io/component]', 'web server'],
    ],
    [
      'a label value is too long',
      'schema/names',
      CHAT,
      ['metadata.labels.[app.kubernetes.io/version]', 'v'.repeat(64)],
    ],
    ['an annotation has no key', 'schema/names', 'Service/chat', ['metadata.annotations.[a b]', 'c']],
  ]),
];
