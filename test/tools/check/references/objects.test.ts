import {
  claimExists,
  governingServiceExists,
  ingressClassExists,
  namespaceExists,
  noDuplicates,
  priorityClassExists,
  serviceAccountExists,
  storageClassExists,
} from '../../../../tools/check/references/objects';
import {
  clusterWide,
  configMap,
  cronJob,
  deployment,
  found,
  inventory,
  object,
  service,
  statefulSet,
  unanswered,
  within,
} from './samples';

const account = (name: string) => object('v1', 'ServiceAccount', name);
const claim = (name: string, storageClassName?: string) =>
  object('v1', 'PersistentVolumeClaim', name, { spec: { storageClassName } });
const volume = (storageClassName?: string) =>
  clusterWide('v1', 'PersistentVolume', 'disk', { spec: { storageClassName } });
const storageClass = (name: string) => clusterWide('storage.k8s.io/v1', 'StorageClass', name);
const namespace = (name: string) => clusterWide('v1', 'Namespace', name);
const ingress = (ingressClassName?: string) =>
  object('networking.k8s.io/v1', 'Ingress', 'site', { spec: { ingressClassName } });
const pods = 'Deployment/chat spec.template.spec';

describe('an object', () => {
  it('that is there twice is found at the second place, which names the first', () => {
    expect(found(noDuplicates, [configMap('chat'), service('chat'), configMap('chat', { a: '1' })])).toEqual([
      'ConfigMap/chat metadata.name: is in test.yaml already; expected every object once',
    ]);
  });

  it('that is there with its namespace and without is there twice', () => {
    const plain = clusterWide('v1', 'ConfigMap', 'chat');
    expect(found(noDuplicates, [plain, within('default', plain)])).toHaveLength(1);
  });

  it('that is there in two versions is there twice', () => {
    const old = object('autoscaling/v1', 'HorizontalPodAutoscaler', 'chat');
    expect(found(noDuplicates, [old, { ...old, apiVersion: 'autoscaling/v2' }])).toHaveLength(1);
  });

  it.each([
    ['of another name', configMap('a'), configMap('b')],
    ['of another kind', configMap('a'), service('a')],
    ['in another namespace', configMap('a'), within('other', configMap('a'))],
    ['of another group', service('a'), object('serving.knative.dev/v1', 'Service', 'a')],
  ])('is another one %s', (_, one, other) => {
    expect(found(noDuplicates, [one, other])).toEqual([]);
  });
});

describe('the namespace of an object', () => {
  it('is rendered', () => {
    expect(found(namespaceExists, [namespace('shop'), within('shpo', configMap('a'))])).toEqual([
      'ConfigMap/a metadata.namespace: shpo is no Namespace that is rendered; expected `shop`',
    ]);
  });

  it.each([
    ['is rendered', [namespace('shop'), configMap('a')]],
    [
      "is the cluster's own",
      ['default', 'kube-node-lease', 'kube-public', 'kube-system'].flatMap((name) => [
        namespace('shop'),
        within(name, configMap('a')),
      ]),
    ],
    ['is not given', [namespace('shop'), clusterWide('v1', 'ConfigMap', 'a')]],
    ['is that of a release without namespaces of its own', [configMap('a')]],
  ])('is right where it %s', (_, objects) => {
    expect(found(namespaceExists, objects)).toEqual([]);
  });
});

describe('the account of a pod', () => {
  it.each(['serviceAccountName', 'serviceAccount'])('is rendered: %s', (field) => {
    expect(found(serviceAccountExists, [deployment('chat', { [field]: 'chta' }), account('chat')])).toEqual([
      `${pods}.${field}: chta is no ServiceAccount that is rendered; expected \`chat\``,
    ]);
  });

  it('is one of its namespace', () => {
    expect(
      found(serviceAccountExists, [
        deployment('chat', { serviceAccountName: 'chat' }),
        within('other', account('chat')),
      ]),
    ).toEqual([
      `${pods}.serviceAccountName: chat is no ServiceAccount that is rendered; expected a rendered ServiceAccount`,
    ]);
  });

  it.each([
    ['rendered', { serviceAccountName: 'chat' }],
    ['the one that every namespace has', { serviceAccountName: 'default' }],
    ['not given', {}],
    ['empty', { serviceAccountName: '' }],
  ])('is right where it is %s', (_, pod) => {
    expect(found(serviceAccountExists, [cronJob('chat', pod), account('chat')])).toEqual([]);
  });
});

describe('a claim that a pod mounts', () => {
  const mounting = (claimName: string) =>
    deployment('chat', {
      volumes: [
        { name: 'tmp', emptyDir: {} },
        { name: 'data', persistentVolumeClaim: { claimName } },
      ],
    });

  it('is rendered', () => {
    expect(found(claimExists, [mounting('data'), claim('date')])).toEqual([
      `${pods}.volumes[1].persistentVolumeClaim.claimName: data is no PersistentVolumeClaim that is rendered; expected \`date\``,
    ]);
  });

  it('is right where it is', () => {
    expect(found(claimExists, [mounting('data'), claim('data')])).toEqual([]);
  });
});

describe('a storage class', () => {
  const templates = (storageClassName?: string) =>
    statefulSet('redis', {}, { volumeClaimTemplates: [{}, { spec: { storageClassName } }] });

  it.each([
    ['a claim', claim('data', 'gp2'), 'PersistentVolumeClaim/data spec.storageClassName'],
    ['a volume', volume('gp2'), 'PersistentVolume/disk spec.storageClassName'],
    ['a StatefulSet', templates('gp2'), 'StatefulSet/redis spec.volumeClaimTemplates[1].spec.storageClassName'],
  ])('that %s names is rendered, or the cluster brings it', (_, from, path) => {
    expect(found(storageClassExists, [from, storageClass('gp3')], { inventory: inventory() })).toEqual([
      `${path}: gp2 is no StorageClass that is rendered or that the cluster brings; expected \`gp3\``,
    ]);
  });

  it.each([
    ['is rendered', [claim('data', 'gp3'), templates('gp3'), volume('gp3'), storageClass('gp3')]],
    ['is not given: the cluster has one by default', [claim('data'), templates(), volume()]],
    ['is none at all', [claim('data', '')]],
    ['comes with the cluster', [claim('data', 'standard')]],
    ['is only a word by which a volume and its claim meet', [claim('data', 'manual'), volume('manual')]],
    ['is a word by which a volume and the claims of a StatefulSet meet', [templates('manual'), volume('manual')]],
  ])('is right where it %s', (_, objects) => {
    const provides = [{ kind: 'StorageClass', name: 'standard' }];
    expect(found(storageClassExists, objects, { inventory: inventory({ provides }) })).toEqual([]);
  });

  it('is judged by what the cluster brings of that kind alone', () => {
    const provides = [{ kind: 'IngressClass', name: 'standard' }];
    expect(found(storageClassExists, [claim('data', 'standard')], { inventory: inventory({ provides }) })).toHaveLength(
      1,
    );
  });

  it('leaves nothing unsaid where all is known', () => {
    expect(unanswered(storageClassExists, [claim('a', 'gp3'), storageClass('gp3')])).toEqual([]);
    expect(unanswered(storageClassExists, [claim('a', 'gone')], { inventory: inventory() })).toEqual([]);
  });

  it('is not judged without an inventory, unless it is rendered', () => {
    const objects = [
      claim('a', 'fast'),
      claim('b', 'fast'),
      claim('c', 'slow'),
      claim('d', 'gp3'),
      storageClass('gp3'),
    ];
    expect(unanswered(storageClassExists, objects)).toEqual([
      'references/storage-class: without an inventory nobody says whether the cluster has fast, slow',
    ]);
    expect(found(storageClassExists, objects)).toEqual([]);
  });
});

describe('the class of an Ingress', () => {
  it('is rendered, or the cluster brings it', () => {
    const provides = [{ kind: 'IngressClass', name: 'traefik' }];
    expect(found(ingressClassExists, [ingress('trafik')], { inventory: inventory({ provides }) })).toEqual([
      'Ingress/site spec.ingressClassName: trafik is no IngressClass that is rendered or that the cluster brings; expected `traefik`',
    ]);
  });

  it.each([
    ['comes with the cluster', [ingress('traefik')]],
    ['is rendered', [ingress('own'), clusterWide('networking.k8s.io/v1', 'IngressClass', 'own')]],
    ['is not given', [ingress()]],
  ])('is right where it %s', (_, objects) => {
    const provides = [{ kind: 'IngressClass', name: 'traefik' }];
    expect(found(ingressClassExists, objects, { inventory: inventory({ provides }) })).toEqual([]);
  });

  it('is not judged without an inventory', () => {
    expect(unanswered(ingressClassExists, [ingress('traefik')])).toHaveLength(1);
  });
});

describe('the priority class of a pod', () => {
  it('is rendered, or the cluster brings it', () => {
    expect(
      found(priorityClassExists, [deployment('chat', { priorityClassName: 'high' })], { inventory: inventory() }),
    ).toEqual([
      `${pods}.priorityClassName: high is no PriorityClass that is rendered or that the cluster brings; expected a rendered PriorityClass`,
    ]);
  });

  it.each(['system-cluster-critical', 'system-node-critical', 'own', undefined])(
    'is right as %s',
    (priorityClassName) => {
      const objects = [
        deployment('chat', { priorityClassName }),
        clusterWide('scheduling.k8s.io/v1', 'PriorityClass', 'own'),
      ];
      expect(found(priorityClassExists, objects, { inventory: inventory() })).toEqual([]);
    },
  );

  it('is not judged without an inventory', () => {
    expect(unanswered(priorityClassExists, [deployment('chat', { priorityClassName: 'high' })])).toHaveLength(1);
  });
});

describe('the Service of a StatefulSet', () => {
  it('is rendered in its namespace', () => {
    const objects = [statefulSet('redis', {}, { serviceName: 'redis' }), within('other', service('redis'))];
    expect(found(governingServiceExists, objects)).toEqual([
      'StatefulSet/redis spec.serviceName: redis is no Service that is rendered; expected a rendered Service',
    ]);
  });

  it.each([
    ['rendered', 'redis'],
    ['not given', undefined],
    ['empty', ''],
  ])('is right where it is %s', (_, serviceName) => {
    expect(found(governingServiceExists, [statefulSet('redis', {}, { serviceName }), service('redis')])).toEqual([]);
  });
});
