import { promised, standing } from '../../../../tools/deploy/live/standing';
import type { Manifest } from '../../../../tools/render/order';
import { live } from './samples';

const service = (spec: object, metadata: Readonly<Record<string, unknown>> = {}) => live('Service', metadata, { spec });
const wanted = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec }) as Manifest;
const PORT = { port: 80, protocol: 'TCP' };

describe('how an object stands', () => {
  it('is without what the server keeps for itself, its status and what Helm notes on it', () => {
    const notes = { 'meta.helm.sh/release-name': 'r', 'meta.helm.sh/release-namespace': 'n' };
    const metadata = { annotations: { ...notes, mine: 'x' }, labels: { b: 'c' }, managedFields: [], selfLink: '/a' };
    expect(standing(live('Service', metadata, { spec: { type: 'ClusterIP' }, status: {} }))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace: 'shop', annotations: { mine: 'x' }, labels: { b: 'c' } },
      spec: { type: 'ClusterIP' },
    });
  });

  it('has no annotations where only Helm wrote some', () => {
    expect(standing(live('Service', { annotations: { 'meta.helm.sh/release-name': 'r' } })).metadata).toEqual({
      name: 'a',
      namespace: 'shop',
    });
  });
});

describe('how a Service would stand', () => {
  const promise = (answer: object, asked: object, before?: object) =>
    (promised(service(answer), wanted(asked), before && service(before)) as Manifest & { spec: unknown }).spec;

  it('is without an address and a port that a dry run made up', () => {
    const answer = { clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports: [{ ...PORT, nodePort: 30123 }] };
    expect(promise(answer, { ports: [PORT] })).toEqual({ ports: [PORT] });
  });

  it('keeps the address and the port that were asked for', () => {
    const asked = { clusterIP: 'None', ports: [{ ...PORT, nodePort: 30080 }] };
    expect(promise(asked, asked)).toEqual(asked);
  });

  it('keeps the address and the port that it has', () => {
    const has = { clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports: [{ ...PORT, nodePort: 30123 }] };
    expect(promise(has, { ports: [PORT] }, has)).toEqual(has);
  });

  it('leaves the answer as it was', () => {
    const answer = service({ clusterIP: '10.96.0.9' });
    promised(answer, wanted({}), undefined);
    expect(answer).toEqual(service({ clusterIP: '10.96.0.9' }));
  });
});

it("a new Job is without its controller's labels, which differ at every dry run", () => {
  const labels = { 'controller-uid': '1', 'batch.kubernetes.io/controller-uid': '1', mine: 'x' };
  const answer = live(
    'Job',
    { labels },
    { spec: { selector: { matchLabels: labels }, template: { metadata: { labels } } } },
  );
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' } };
  expect(promised(answer, job, undefined)).toMatchObject({
    metadata: { labels: { mine: 'x' } },
    spec: { template: { metadata: { labels: { mine: 'x' } } } },
  });
  expect(JSON.stringify(promised(answer, job, undefined))).not.toMatch(/controller-uid|selector/);
});
