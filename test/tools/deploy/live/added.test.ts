import { addedFields, isAppliedBy } from '../../../../tools/deploy/live/added';
import { showSteps } from '../../../../tools/diff/steps';
import { live } from './samples';

const HELM = {
  manager: 'helm',
  operation: 'Apply',
  fieldsV1: {
    'f:metadata': { 'f:annotations': { 'f:own': {} } },
    'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:name': {} } } },
  },
};
const OBJECT = {
  spec: {
    replicas: 5,
    ports: [
      { port: 80, protocol: 'TCP', name: 'http', nodePort: 30080 },
      { port: 99, protocol: 'UDP' },
    ],
  },
};
const ANNOTATIONS = { own: '1', note: 'mine' };
const by = (manager: string, fieldsV1: object, subresource?: string) => ({
  manager,
  operation: 'Update',
  time: '2026-01-02T00:00:00Z',
  fieldsV1,
  ...(subresource && { subresource }),
});
const added = (...entries: readonly object[]) =>
  addedFields(live('Service', { annotations: ANNOTATIONS, managedFields: [HELM, ...entries] }, OBJECT), 'helm');
const told = (...entries: readonly object[]) =>
  added(...entries).map(({ steps, value, manager }) => [showSteps(steps), value, manager]);

const NOTE = { 'f:metadata': { 'f:annotations': { '.': {}, 'f:note': {}, 'f:own': {} } } };

describe('what somebody added to an object of a release', () => {
  it('is the field that the release leaves open, with its value, its writer and when', () => {
    expect(added(by('kubectl-annotate', NOTE))).toEqual([
      {
        steps: ['metadata', 'annotations', 'note'],
        value: 'mine',
        manager: 'kubectl-annotate',
        at: '2026-01-02T00:00:00Z',
      },
    ]);
  });

  it('is an entry of a list as a whole, named by what tells it apart', () => {
    const ports = { 'f:spec': { 'f:ports': { 'k:{"port":99,"protocol":"UDP"}': { '.': {}, 'f:port': {} } } } };
    expect(told(by('me', ports))).toEqual([['spec.ports[99/UDP]', { port: 99, protocol: 'UDP' }, 'me']]);
  });

  it('is one field of an entry that the release has', () => {
    const ports = { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { 'f:nodePort': {} } } } };
    expect(told(by('me', ports))).toEqual([['spec.ports[80].nodePort', 30080, 'me']]);
  });

  it.each(['kube-controller-manager', 'kube-scheduler', 'slipway-secrets'])('is nothing that %s wrote', (manager) => {
    expect(told(by(manager, NOTE))).toEqual([]);
  });

  it('is nothing of its status, and what a person scaled', () => {
    const replicas = { 'f:spec': { 'f:replicas': {} } };
    expect(told(by('me', NOTE, 'status'))).toEqual([]);
    expect(told(by('me', replicas, 'scale'))).toEqual([['spec.replicas', 5, 'me']]);
  });

  it('is nothing that is gone again', () => {
    expect(told(by('me', { 'f:spec': { 'f:selector': { 'f:x': {} } } }))).toEqual([]);
  });
});

it('an object of which the release applied nothing is not its own', () => {
  expect(isAppliedBy(live('Service', { managedFields: [HELM] }), 'helm')).toBe(true);
  expect(isAppliedBy(live('Service', { managedFields: [by('me', NOTE)] }), 'helm')).toBe(false);
});
