import { judgeNamespace, type LiveNamespace } from '../../../../tools/deploy/preflight/namespace';
import type { Manifest } from '../../../../tools/render/order';
import { bundleOf } from './bundles';

const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', team: 'chat' };
const rendered: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'chat', labels } };
const bundle = bundleOf([], { platform: [rendered] });
const live = (metadata: object = {}, phase = 'Active'): LiveNamespace => ({
  ...rendered,
  metadata: { name: 'chat', uid: '1', resourceVersion: '1', creationTimestamp: '', labels, ...metadata },
  status: { phase },
});

describe('the namespace', () => {
  it('may carry more labels than were rendered', () => {
    const more = { ...labels, 'kubernetes.io/metadata.name': 'chat' };
    expect(judgeNamespace(bundle, live({ labels: more }))).toEqual([]);
  });

  it('must exist', () => {
    expect(judgeNamespace(bundle, undefined)).toEqual([
      'namespace chat: does not exist; expected it before a release. Next: `slipway platform lab` as administrator',
    ]);
  });

  it.each([
    ['is asked to go', live({ deletionTimestamp: '2026-11-21T10:00:00Z' })],
    ['is going', live({}, 'Terminating')],
  ])('must stay, and not one that %s', (_, namespace) => {
    expect(judgeNamespace(bundle, namespace)).toEqual([expect.stringContaining('somebody deletes it')]);
  });

  it.each([
    ['missing', { team: 'chat' }],
    ['"baseline"', { ...labels, 'pod-security.kubernetes.io/enforce': 'baseline' }],
  ])('must carry the labels of its Pod Security: one that is %s is told', (found, carried) => {
    expect(judgeNamespace(bundle, live({ labels: carried }))).toEqual([
      `namespace chat: label pod-security.kubernetes.io/enforce is ${found}; expected "restricted". Next: \`slipway platform lab\` as administrator`,
    ]);
  });
});
