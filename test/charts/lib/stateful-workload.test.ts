import { kind } from '../../../charts/environments/kind';
import { lab } from '../../../charts/environments/lab';
import { production } from '../../../charts/environments/production';
import { render } from '../../support/rendered';

/** Immutable fields, exact: a change here is refused by the API server, or loses the way to the data. */
describe.each([
  [production, 'redis', 'gp3', '10Gi'],
  [kind, 'redis', 'standard', '1Gi'],
  [kind, 'mysql', 'standard', '1Gi'],
  [lab, 'redis', 'local', '5Gi'],
])('the StatefulSet of $1 in $0.name', (environment, name, storageClass, size) => {
  const rendered = render(environment);
  const { spec } = rendered.object('StatefulSet', name);
  const labels = { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name };

  it('keeps its selector, service name and management policy', () => {
    expect(spec).toMatchObject({
      selector: { matchLabels: labels },
      serviceName: name,
      podManagementPolicy: 'OrderedReady',
      replicas: 1,
    });
  });

  it('keeps its claim', () => {
    expect(spec.volumeClaimTemplates).toEqual([
      {
        metadata: { name: 'data', labels },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: storageClass,
          resources: { requests: { storage: size } },
        },
      },
    ]);
  });

  it('leaves the claim behind when it is deleted or scaled', () => {
    expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  it('puts its data in a sub-folder of the volume: a fresh one is not empty', () => {
    const mounts = spec.template.spec.containers[0].volumeMounts;
    expect(mounts).toContainEqual({ name: 'data', mountPath: expect.any(String), subPath: 'data' });
  });

  it('has the name of its headless Service, which resolves to the pod', () => {
    expect(rendered.object('Service', name).spec).toMatchObject({ clusterIP: 'None', selector: labels });
  });

  it('has an account and a budget of its own', () => {
    expect(rendered.object('ServiceAccount', name).automountServiceAccountToken).toBe(false);
    expect(rendered.object('PodDisruptionBudget', name).spec.selector).toEqual({ matchLabels: labels });
  });
});
