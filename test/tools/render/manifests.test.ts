import { ApiObject, App, Chart, Testing, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { type ManifestFile, renderApp } from '../../../tools/render/manifests';
import { faultsOf } from '../../support/faults';

/** A settings object of that name; the construct has the same name unless it is given another. */
function settings(scope: Construct, name: string, data: Record<string, string> = {}, id = name): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
}

const faults = (app: App): readonly string[] => faultsOf(() => renderApp(app));

const paths = (files: readonly ManifestFile[]): string[] => files.map(({ path }) => path).sort();

describe('the files of an app', () => {
  it('are one a chart, where the chart stands among the constructs', () => {
    const app = new App();
    const workloads = new Construct(app, 'workloads');
    settings(new Chart(app, 'top'), 'a');
    settings(new Chart(workloads, '10-redis'), 'b');
    settings(new Chart(workloads, '20-chat'), 'c');
    expect(paths(renderApp(app))).toEqual(['top.yaml', 'workloads/10-redis.yaml', 'workloads/20-chat.yaml']);
  });

  it('hold no file for a chart without objects: kubectl fails on an empty one', () => {
    const app = new App();
    settings(new Chart(app, 'full'), 'a');
    new Chart(app, 'empty');
    expect(paths(renderApp(app))).toEqual(['full.yaml']);
  });

  it('are none for an app without charts', () => {
    expect(renderApp(new App())).toEqual([]);
  });

  it('hold the objects of a chart however deep the constructs lie that made them', () => {
    const app = new App();
    const chart = new Chart(app, 'chat');
    settings(new Construct(new Construct(chart, 'outer'), 'inner'), 'deep');
    settings(chart, 'flat');
    expect(renderApp(app).map(({ manifests }) => manifests.map(({ metadata }) => metadata.name))).toEqual([
      ['deep', 'flat'],
    ]);
  });

  it('keep the objects of a chart inside another chart in a file of their own', () => {
    const app = new App();
    const outer = new Chart(app, 'outer');
    settings(outer, 'a');
    settings(new Chart(outer, 'inner'), 'b');
    expect(paths(renderApp(app))).toEqual(['outer.yaml', 'outer/inner.yaml']);
  });

  it('put what is named before what names it, whatever the order of the constructs', () => {
    const app = new App();
    const chart = new Chart(app, 'chat');
    new ApiObject(chart, 'ingress', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a' } });
    new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'z' } });
    expect(renderApp(app)[0]?.manifests.map(({ kind }) => kind)).toEqual(['Namespace', 'Ingress']);
  });

  it('have the bytes that the order of the manifests gives', () => {
    const app = new App();
    const chart = new Chart(app, 'chat');
    settings(chart, 'b', { key: '1' });
    settings(chart, 'a', { key: '2' });
    const [file] = renderApp(app);
    expect(file?.content).toBe(Yaml.stringify(...(file?.manifests ?? [])));
  });

  it('have the bytes that cdk8s itself writes, so that either command leaves the same diff', () => {
    const app = new App();
    const chart = new Chart(app, 'chat', { labels: { team: 'a' }, namespace: 'lab' });
    settings(chart, 'a', { yes: 'yes', port: '0644', text: 'two\nlines\n', date: '2024-01-01', empty: '' });
    settings(chart, 'b', { long: 'word '.repeat(40) });
    new ApiObject(chart, 'c', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'c', annotations: {} },
      spec: { replicas: 0, paused: undefined, template: { spec: { containers: [] } } },
    });
    expect(renderApp(app)[0]?.content).toBe(Yaml.stringify(...Testing.synth(chart)));
  });

  it('have the bytes of a whole app that cdk8s writes', () => {
    const app = new App();
    settings(new Chart(app, 'one'), 'a', { key: 'on' });
    settings(new Chart(app, 'two'), 'b', { key: '1e3' });
    expect(
      renderApp(app)
        .map(({ content }) => content)
        .join('---\n'),
    ).toBe(app.synthYaml());
  });
});

describe('an object that two constructs render', () => {
  it('is refused with both: applied, one would overwrite the other on every release', () => {
    const app = new App();
    settings(new Chart(app, 'one'), 'shared');
    settings(new Chart(app, 'two'), 'shared');
    expect(faults(app)).toEqual(['two/shared: ConfigMap///shared is rendered by one/shared already; expected it once']);
  });

  it('is refused within one chart as well', () => {
    const app = new App();
    const chart = new Chart(app, 'chat');
    settings(chart, 'shared', {}, 'first');
    settings(chart, 'shared', {}, 'second');
    expect(faults(app)).toEqual([
      'chat/second: ConfigMap///shared is rendered by chat/first already; expected it once',
    ]);
  });

  it('is refused although the versions differ: the server keeps one object', () => {
    const app = new App();
    const chart = new Chart(app, 'chat');
    for (const version of ['v1', 'v1beta1'])
      new ApiObject(chart, version, { apiVersion: `apps/${version}`, kind: 'Deployment', metadata: { name: 'chat' } });
    expect(faults(app)).toEqual([
      expect.stringContaining('chat/v1beta1: Deployment/apps//chat is rendered by chat/v1'),
    ]);
  });

  it('is not one that has the same name in another namespace', () => {
    const app = new App();
    settings(new Chart(app, 'one', { namespace: 'a' }), 'shared');
    settings(new Chart(app, 'two', { namespace: 'b' }), 'shared');
    expect(faults(app)).toEqual([]);
  });

  it('is reported for every pair of constructs', () => {
    const app = new App();
    const chart = new Chart(app, 'chat');
    for (const [index, name] of ['a', 'a', 'b', 'b'].entries()) settings(chart, name, {}, String(index));
    expect(faults(app)).toHaveLength(2);
  });
});

describe("a construct's own validation", () => {
  it('stops the synth and is told with the path of the construct', () => {
    const app = new App();
    const part = new Construct(new Chart(app, 'chat'), 'route');
    part.node.addValidation({ validate: () => ['has no host', 'has no port'] });
    expect(faults(app)).toEqual(['chat/route: has no host', 'chat/route: has no port']);
  });

  it('of an object counts as that of any construct', () => {
    const app = new App();
    settings(new Chart(app, 'chat'), 'a').node.addValidation({ validate: () => ['is too large'] });
    expect(faults(app)).toEqual(['chat/a: is too large']);
  });

  it('is told beside an object that is rendered twice', () => {
    const app = new App();
    const chart = new Chart(app, 'chat');
    chart.node.addValidation({ validate: () => ['has no owner'] });
    settings(chart, 'a', {}, 'first');
    settings(chart, 'a', {}, 'second');
    expect(faults(app)).toEqual(['chat: has no owner', expect.stringMatching(/^chat\/second: .* chat\/first already/)]);
  });
});
