import type { Rendered } from '../../../support/rendered';
import { set } from '../edits';
import { compared, edited, named, world } from '../world';

describe('what the API server refuses', () => {
  const why = (name: string, edit: (object: Rendered) => void) => edited(name, edit).risk;

  it.each<[string, (object: Rendered) => void]>([
    ['Deployment/chat', set('spec.selector.matchLabels.app', 'other')],
    ['StatefulSet/store', set('spec.serviceName', 'other')],
    ['StatefulSet/store', set('spec.volumeClaimTemplates.0.spec.resources.requests.storage', '2Gi')],
    ['PersistentVolumeClaim/chat', set('spec.resources.requests.storage', '512Mi')],
    ['PersistentVolumeClaim/chat', set('spec.storageClassName', 'slow')],
    ['PersistentVolume/disk', set('spec.nfs.path', '/other')],
    ['RoleBinding/reader', set('roleRef.name', 'admin')],
    ['Service/inside', set('spec.clusterIP', '10.96.0.11')],
    ['StorageClass/fast', set('reclaimPolicy', 'Delete')],
    ['ConfigMap/frozen', set('data.a', 'c')],
    ['PriorityClass/high', set('value', 2000)],
  ])('is refused: %s', (name, edit) => {
    expect(why(name, edit)).toBe('refused');
  });

  it('is nothing where the amount is the same in another spelling', () => {
    const after = world();
    named(after, 'PersistentVolumeClaim/chat').spec.resources.requests.storage = '1024Mi';
    named(after, 'Deployment/chat').spec.template.spec.containers[0].resources.requests.cpu = 0.5;
    expect(compared(world(), after).objects).toEqual([]);
  });
});
