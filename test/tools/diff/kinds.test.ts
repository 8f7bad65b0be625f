import { set } from './edits';
import { compared, edited, named, reportOn, world } from './world';

describe('what comes', () => {
  it.each([
    ['Role/reader', 'whoever is bound to it may do what it says'],
    ['RoleBinding/reader', 'its subjects may do what its role says'],
    ['ClusterRole/all', 'whoever is bound to it may do what it says'],
    ['Ingress/chat', 'what it names is served to outside'],
    ['Service/outside', 'reached from outside the cluster: LoadBalancer'],
    ['ValidatingWebhookConfiguration/gate', 'it is sent everything that it asks for, and may refuse it'],
    ['APIService/v1.metrics.example.com', 'it answers for a part of the API'],
    ['EndpointSlice/outside', 'callers of its Service are sent to addresses that no pod selector chose'],
  ])('widens access: %s', (name, why) => {
    const before = world().filter((object) => `${object.kind}/${object.metadata.name}` !== name);
    const { risk, reasons } = reportOn(compared(before, world()), name);
    expect({ risk, whys: reasons.map((reason) => reason.why) }).toEqual({ risk: 'access', whys: [why] });
  });
});

describe('what goes', () => {
  it.each([
    ['ResourceQuota/shop', 'access', 'the namespace may take all of the cluster'],
    ['LimitRange/shop', 'access', 'containers may ask for anything'],
    ['ValidatingAdmissionPolicy/gate', 'access', 'what it kept out is let in'],
    ['RoleBinding/reader', 'safe', 'takes permissions away'],
    ['Service/inside', 'restarts', 'whoever calls its name finds nobody'],
    ['PodDisruptionBudget/chat', 'restarts', 'a drain of nodes may stop all its pods at once'],
    ['HorizontalPodAutoscaler/web', 'restarts', 'the number of pods no longer follows load'],
    ['PriorityClass/high', 'restarts', 'pods that name it cannot be made again'],
    ['DaemonSet/agent', 'restarts', 'its pods stop'],
    ['CronJob/backup', 'restarts', 'it does not run any more'],
    ['Pod/alone', 'restarts', 'it stops, and nobody makes it anew'],
  ])('is judged by its kind: %s', (name, risk, why) => {
    const after = world().filter((object) => `${object.kind}/${object.metadata.name}` !== name);
    expect(reportOn(compared(world(), after), name)).toMatchObject({ risk, reasons: [{ risk, why }] });
  });
});

describe('an object of a kind that nobody here knows', () => {
  const report = edited('Thing/thing', set('spec.size', 2));

  it('is told as such: what its controller does cannot be said', () => {
    expect({ known: report.known, why: report.fields[0]?.reasons }).toEqual({
      known: false,
      why: [{ risk: 'safe', why: 'its kind is not known here: read what its controller makes of it' }],
    });
  });

  it('of the name of a built-in one is not taken for it', () => {
    const before = world();
    const named_ = {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'knative' },
      spec: { type: 'ClusterIP' },
    };
    const after = [...world(), { ...named_, spec: { type: 'NodePort' } }];
    expect(reportOn(compared([...before, named_], after), 'Service/knative')).toMatchObject({
      known: false,
      risk: 'safe',
    });
  });

  it('stands before what is safe: somebody has to read it', () => {
    const after = world();
    named(after, 'Thing/thing').spec.size = 2;
    named(after, 'Deployment/chat').spec.minReadySeconds = 5;
    expect(compared(world(), after).objects.map(({ kind }) => kind)).toEqual(['Thing', 'Deployment']);
  });
});

describe('what is removed', () => {
  const gone = (name: string) => {
    const left = world().filter((object) => object !== undefined && `${object.kind}/${object.metadata.name}` !== name);
    const { risk, reasons } = reportOn(compared(world(), left), name);
    return { risk, why: reasons.map(({ why }) => why) };
  };

  it.each([
    ['Namespace/shop', 'everything in it is deleted with it'],
    ['PersistentVolumeClaim/chat', 'its volume is deleted with it unless the reclaim policy retains it'],
    ['PersistentVolume/disk', 'what is stored on it is out of reach, or deleted by its reclaim policy'],
    ['StorageClass/fast', 'its claims can be neither served nor grown; volumes that exist live on without it'],
    ['CustomResourceDefinition/things.example.com', 'every object of its kind is deleted with it'],
    ['Secret/keys', 'what it holds may be kept nowhere else'],
    ['Thing/thing', 'what its controller made for it may go with it'],
  ])('puts data at risk: %s', (name, why) => {
    expect(gone(name)).toEqual({ risk: 'data', why: [why] });
  });

  it('leaves a StatefulSet’s claims behind, unnamed, beside pods that stop', () => {
    expect(gone('StatefulSet/store')).toEqual({
      risk: 'data',
      why: ['its claims stay behind, and no manifest says any more what they are', 'its pods stop'],
    });
  });

  it('takes a StatefulSet’s claims along where its retention policy says so', () => {
    const before = world();
    named(before, 'StatefulSet/store').spec.persistentVolumeClaimRetentionPolicy.whenDeleted = 'Delete';
    const after = before.filter(({ kind }) => kind !== 'StatefulSet');
    expect(reportOn(compared(before, after), 'StatefulSet/store').reasons[0]?.why).toBe(
      'its claims are deleted with it',
    );
  });

  it('is no loss of data where a StatefulSet has no claims', () => {
    const before = world();
    delete named(before, 'StatefulSet/store').spec.volumeClaimTemplates;
    const after = before.filter(({ kind }) => kind !== 'StatefulSet');
    expect(reportOn(compared(before, after), 'StatefulSet/store').risk).toBe('restarts');
  });
});
