import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { droppedFields } from '../../../tools/render/dropped';
import { renderApp } from '../../../tools/render/manifests';
import { faultsOf } from '../../support/faults';

const container = { name: 'a', resources: { limits: { cpu: k8s.Quantity.fromString('1') } } };

/** The faults of a Deployment whose spec is written as a callback would write it: unseen by the compiler. */
function deployed(spec: object): readonly string[] {
  const app = new App();
  new k8s.KubeDeployment(new Chart(app, 'chart'), 'deployment', {
    metadata: { name: 'a' },
    spec: { selector: {}, template: { spec: { containers: [container] } }, ...spec },
  });
  return faultsOf(() => renderApp(app));
}

describe('a field that a typed object would drop without a word', () => {
  it.each([
    ['misspelt', { replica: 3 }, 'spec.replica'],
    ['misspelt below', { strategy: { rollingUpdat: {} } }, 'spec.strategy.rollingUpdat'],
    [
      'misspelt in a list',
      { template: { spec: { containers: [container, { name: 'b', imag: 'b' }] } } },
      'spec.template.spec.containers[1].imag',
    ],
    ['of another type', { strategy: { rollingUpdate: { maxSurge: 1 } } }, 'spec.strategy.rollingUpdate.maxSurge'],
  ])('is refused with its place: %s', (_, spec, field) => {
    const fault = `chart/deployment: Deployment has no field ${field} of that type; expected a field of its API, spelt and typed as there`;
    expect(deployed(spec)).toEqual([fault]);
  });
});

describe('a field that is written under another spelling or without its box', () => {
  it('is none that was dropped', () => {
    const app = new App();
    new k8s.KubeService(new Chart(app, 'chart'), 'service', {
      metadata: { name: 'a' },
      spec: { clusterIp: 'None', ports: [{ port: 1, targetPort: k8s.IntOrString.fromString('http') }] },
    });
    expect(faultsOf(() => renderApp(app))).toEqual([]);
    expect(deployed({})).toEqual([]);
  });
});

describe('the comparison', () => {
  it.each([
    [{ a: [1, 2] }, { a: [1] }, ['a[1]']],
    [{ a: [1] }, {}, ['a']],
    [{ a: { b: 1 } }, { a: 1 }, ['a']],
    [{ a: { value: 1 } }, { a: 2 }, ['a']],
    [{ a: { value: 1 } }, { a: 1 }, []],
    [{ a: 1, B: 2 }, { a: 1, b: 2 }, []],
  ])('of %j with %j finds %j', (given, written, fields) => {
    expect([...droppedFields(given, written)]).toEqual(fields);
  });
});
