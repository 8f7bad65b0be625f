import { environments } from '../../../charts/environments';
import { render } from '../../support/rendered';

describe.each(environments)('hello in $name', (environment) => {
  const rendered = render(environment);
  const { spec } = rendered.object('Deployment', 'hello');

  it('runs three pods behind NodePort 30008', () => {
    expect(spec.replicas).toBe(3);
    expect(rendered.object('Service', 'hello').spec).toMatchObject({
      type: 'NodePort',
      ports: [{ nodePort: 30008, port: 80, targetPort: 'http' }],
    });
  });

  it('rolls one up and one down at a time', () => {
    expect(spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 1 });
  });

  it('listens where its probes ask', () => {
    const [container] = spec.template.spec.containers;
    expect(container.ports).toEqual([{ name: 'http', containerPort: 5000, protocol: 'TCP' }]);
    expect(rendered.object('ConfigMap', 'hello').data.PORT).toBe('5000');
    expect([container.livenessProbe.httpGet, container.readinessProbe.httpGet]).toMatchObject([
      { path: '/health', port: 'http' },
      { path: '/ready', port: 'http' },
    ]);
  });

  it('asks for a tenth of a core and may take a fifth', () => {
    const { requests, limits } = spec.template.spec.containers[0].resources;
    expect([requests.cpu, limits.cpu, requests.memory, limits.memory]).toEqual(['100m', '200m', '128Mi', '256Mi']);
  });
});
