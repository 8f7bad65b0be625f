import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { faultsOf } from '../../support/faults';
import { readEnvironments, withChanges, withObject, without } from './subjects';

const manifests = `apiVersion: v1
kind: Service
metadata: {name: chat, namespace: lab}
spec: {selector: {app: chat}, type: ClusterIP}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: chat, namespace: lab}
data: {port: "8080", "yes": "on"}
`;

function dist(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'inventory'));
  mkdirSync(join(folder, 'lab'));
  writeFileSync(join(folder, 'inventory/lab.json'), '{"environment": "lab", "kubernetes": "1.36", "objects": []}');
  writeFileSync(join(folder, 'inventory/lab.traffic.md'), '# lab\n');
  writeFileSync(join(folder, 'lab/chat.yaml'), manifests);
  writeFileSync(join(folder, 'lab/namespace.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: lab}\n');
  return folder;
}

function lab() {
  const [environment] = readEnvironments(dist());
  if (!environment) throw new Error('no environment');
  return environment;
}

describe('an environment', () => {
  it('is what an inventory names', () => {
    expect(readEnvironments(dist())).toMatchObject([
      { name: 'lab', kubernetes: '1.36', set: { objects: [{}, {}, {}] } },
    ]);
  });
});

describe('a planted fault', () => {
  it('changes fields of one object, and nothing else', () => {
    const environment = lab();
    const { subject, object } = withChanges(
      environment,
      temporaryFolder(),
      'Service',
      [['spec', 'selector', 'app'], 'drifted'],
      [['spec', 'type'], undefined],
    );
    const [service, ...others] = environment.set.objects;
    expect(object).toBe('Service/lab/chat');
    expect(subject.set.objects).toEqual([{ ...service, spec: { selector: { app: 'drifted' } } }, ...others]);
    expect(environment.set.objects[0]).toMatchObject({ spec: { type: 'ClusterIP' } });
  });

  it('takes an object away', () => {
    const { subject } = without(lab(), temporaryFolder(), 'Service', () => true);
    expect(subject.set.objects.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Namespace']);
  });

  it('adds an object', () => {
    const planted = withObject(lab(), temporaryFolder(), {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'lab' },
    });
    expect(planted.object).toBe('Pod/lab/a');
    expect(planted.subject.set.objects).toHaveLength(4);
  });

  it('is refused where there is nothing to plant it in', () => {
    expect(faultsOf(() => withChanges(lab(), temporaryFolder(), 'Deployment', [['spec'], {}]))[0]).toContain(
      'has no Deployment',
    );
    expect(faultsOf(() => without(lab(), temporaryFolder(), 'Service', () => false))[0]).toContain('has no Service');
    expect(faultsOf(() => withChanges(lab(), temporaryFolder(), 'Service', [['spec', 'a', 'b'], 1]))[0]).toContain(
      'has no spec.a',
    );
  });
});
