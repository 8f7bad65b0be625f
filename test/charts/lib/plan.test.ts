import { webApp } from '../../../charts/lib/web-app';
import { redis } from '../../../charts/stores/redis';
import { faultsOf } from '../../support/faults';
import { render, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const refusal = (...run: Parameters<typeof sampleEnvironment>[0]) => faultsOf(() => render(sampleEnvironment(run)));
const calls = (to: string, port: number) => sampleApp('front', { calls: [{ to, port }] })({});

describe('an environment is refused where', () => {
  it('one name stands twice', () => {
    expect(refusal(sampleApp('notes')({}), sampleApp('notes')({}))).toEqual([
      'sample.notes: stands twice in run; expected every name once',
    ]);
  });

  it('a workload has a name that no object may have', () => {
    expect(refusal(sampleApp('Notes_1')({}))).toEqual([
      'sample.run: "Notes_1" is not a DNS label: 1 to 63 of a–z, 0–9 and "-", beginning and ending with a letter or digit',
    ]);
  });

  it('a workload takes the name of what the platform has', () => {
    expect(refusal(sampleApp('deployer')({}))).toEqual([
      'workloads/20-deployer/account: ServiceAccount//sample/deployer is rendered by platform/20-access/deployer already; expected it once',
    ]);
  });

  it('one NodePort is used twice', () => {
    const expose = { via: 'nodePort', port: 30080 } as const;
    expect(refusal(sampleApp('one')({ expose }), sampleApp('two')({ expose }))).toEqual([
      "sample.two.expose.port: 30080 is one's already; expected a NodePort of its own",
    ]);
  });

  it('somebody calls a workload that does not run, with the nearest that does', () => {
    expect(refusal(calls('bak', 8080), sampleApp('back')({}))).toEqual([
      'sample.front.calls: nothing called "bak" runs here; did you mean `back`?',
    ]);
  });

  it('somebody calls a port that nobody listens on', () => {
    expect(refusal(calls('back', 80), sampleApp('back')({}))).toEqual([
      'sample.front.calls: "back" does not listen on 80; expected 8080',
    ]);
  });

  it('a setting is read from a ConfigMap or a key that is not there', () => {
    const front = sampleApp('front', {
      settingsFrom: { A: { configMap: 'bakc', key: 'colour' }, B: { configMap: 'back', key: 'color' } },
    })({});
    expect(refusal(front, sampleApp('back', { settings: { colour: 'red' } })({}))).toEqual([
      'sample.front.settingsFrom.A: nothing here has key "colour" of ConfigMap "bakc"; did you mean `back`?',
      'sample.front.settingsFrom.B: nothing here has key "color" of ConfigMap "back"; did you mean `colour`?',
    ]);
  });

  it('several workloads are wrong: each is named', () => {
    const wrong = (name: string) => sampleApp(name)({ scale: { replicas: 0 } });
    expect(refusal(wrong('one'), wrong('two'))).toEqual([
      'sample.one.scale.replicas: 0 is too small; expected at least 1',
      'sample.two.scale.replicas: 0 is too small; expected at least 1',
    ]);
  });
});

describe('a borrowed setting', () => {
  it('reaches the pod by reference and rolls it when its owner changes it', () => {
    const pod = (colour: string) => {
      const front = sampleApp('front', { settingsFrom: { COLOUR: { configMap: 'back', key: 'colour' } } })({});
      const rendered = render(sampleEnvironment([front, sampleApp('back', { settings: { colour } })({})]));
      return rendered.object('Deployment', 'front').spec.template;
    };
    expect(pod('red').spec.containers[0].env).toEqual([
      { name: 'COLOUR', valueFrom: { configMapKeyRef: { name: 'back', key: 'colour' } } },
    ]);
    expect(pod('red').metadata.annotations).not.toEqual(pod('blue').metadata.annotations);
  });
});

describe('callers', () => {
  it('are known in one order, whatever the order of run: moving an entry changes no file', () => {
    const call = { calls: [{ to: 'redis', port: 6379 }] };
    const store = redis({ resources: { cpu: ['1', '1'], memory: ['1Gi', '1Gi'] }, storage: '1Gi' });
    const [one, two] = [sampleApp('one', call)({}), sampleApp('two', call)({})];
    const users = (...run: Parameters<typeof sampleEnvironment>[0]) =>
      render(sampleEnvironment(run)).object('ConfigMap', 'redis');
    expect(users(store, two, one)).toEqual(users(store, one, two));
  });
});

describe('an application that throws', () => {
  it('keeps its own error: a bug is no bad input', () => {
    const broken = webApp('broken', {}, () => {
      throw new TypeError('broken as planted');
    })({});
    expect(() => render(sampleEnvironment([broken]))).toThrow(new TypeError('broken as planted'));
  });
});
