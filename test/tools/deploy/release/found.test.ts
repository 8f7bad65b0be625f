import { asFound } from '../../../../tools/deploy/release/found';
import { live } from '../live/samples';

const SPEC = {
  clusterIP: '10.0.0.1',
  selector: { app: 'hello' },
  ports: [
    { port: 80, protocol: 'TCP', name: 'http', nodePort: 30080 },
    { port: 99, protocol: 'UDP' },
  ],
};
const PORT = 'k:{"port":80,"protocol":"TCP"}';
const HTTP = { 'f:spec': { 'f:ports': { [PORT]: { '.': {}, 'f:port': {}, 'f:name': {} } } } };
const by = (manager: string, fieldsV1: object, subresource?: string) => ({
  ...{ manager, operation: 'Apply', fieldsV1 },
  ...(subresource && { subresource }),
});
const found = (...managedFields: readonly object[]) => {
  const metadata = { annotations: { mine: '1', theirs: '2' }, finalizers: ['a', 'b'], managedFields };
  return asFound(live('Service', metadata, { spec: SPEC, status: { loadBalancer: {} } })) as unknown as Record<
    string,
    unknown
  >;
};

describe('an object as it was found', () => {
  it('is what people applied, entry by entry, and not what the server filled in', () => {
    expect(found(by('kubectl', HTTP)).spec).toEqual({ ports: [{ port: 80, name: 'http' }] });
  });

  it('is what several applied together', () => {
    const selector = { 'f:spec': { 'f:selector': {}, 'f:ports': { [PORT]: { 'f:nodePort': {} } } } };
    expect(found(by('kubectl', HTTP), by('kubectl-edit', selector)).spec).toEqual({
      selector: { app: 'hello' },
      ports: [{ port: 80, name: 'http', nodePort: 30080 }],
    });
  });

  it('is without what the control plane wrote, and without status', () => {
    const address = { 'f:spec': { 'f:clusterIP': {} } };
    const status = { 'f:status': { 'f:loadBalancer': {} } };
    const object = found(by('kubectl', HTTP), by('kube-controller-manager', address), by('kubectl', status, 'status'));
    expect(object.spec).toEqual({ ports: [{ port: 80, name: 'http' }] });
    expect(object.status).toBeUndefined();
  });

  it('keeps annotations by name and entries by value', () => {
    const metadata = { 'f:metadata': { 'f:annotations': { '.': {}, 'f:mine': {} }, 'f:finalizers': { 'v:"b"': {} } } };
    expect(found(by('kubectl', metadata)).metadata).toMatchObject({ annotations: { mine: '1' }, finalizers: ['b'] });
  });

  it('has its name and namespace whoever wrote it, and nothing that belongs to one object alone', () => {
    const { apiVersion, kind, metadata } = found();
    expect({ apiVersion, kind }).toEqual({ apiVersion: 'v1', kind: 'Service' });
    expect(Object.keys(metadata as object).sort()).toEqual(['name', 'namespace']);
  });
});
