import { loadTexts } from '../../../tools/manifests/load';
import { fakeTool } from './fake-tool';
import { kubeScore, optionalChecks, readReport } from './kube-score';

const check = (id: string, grade: number, skipped: boolean, ...summaries: string[]) => ({
  check: { name: id, id, target_type: 'Pod', comment: '', optional: false },
  grade,
  skipped,
  comments: summaries.map((summary) => ({ path: 'hello', summary, description: '' })),
});

const report = JSON.stringify([
  {
    object_name: 'Deployment/apps/v1/chat/hello',
    type_meta: { kind: 'Deployment', apiVersion: 'apps/v1' },
    object_meta: { name: 'hello', namespace: 'chat', creationTimestamp: null },
    checks: [
      check('container-image-tag', 10, false),
      check('container-cpu-requests-equal-limits', 1, false, 'CPU requests does not match limits'),
      check('deployment-replicas', 1, true, 'Skipped as the Deployment is controlled by a HorizontalPodAutoscaler'),
      { ...check('label-values', 10, false), comments: null },
    ],
    file_name: 'dist/kind/workloads/20-hello.yaml',
    file_row: 1,
  },
  {
    object_name: 'Service/v1/chat/hello',
    type_meta: { kind: 'Service', apiVersion: 'v1' },
    object_meta: { name: 'hello', namespace: 'chat', creationTimestamp: null },
    checks: [
      {
        ...check('service-type', 5, false),
        comments: [{ path: '', summary: 'The service is of type NodePort', description: '' }],
      },
    ],
    file_name: 'dist/kind/workloads/20-hello.yaml',
    file_row: 9,
  },
]);

describe('a report of kube-score', () => {
  it('gives critical findings and warnings, and nothing that passed or was skipped', () => {
    expect(readReport(report).said).toEqual([
      {
        object: 'Deployment/chat/hello',
        rule: 'container-cpu-requests-equal-limits',
        message: 'hello: CPU requests does not match limits',
      },
      { object: 'Service/chat/hello', rule: 'service-type', message: 'The service is of type NodePort' },
    ]);
  });

  it('counts objects', () => {
    expect(readReport(report).objects).toBe(2);
  });

  it('names every check that was made', () => {
    expect([...readReport(report).checks]).toContain('deployment-replicas');
    expect(readReport(report).checks.size).toBe(5);
  });
});

describe('the list of kube-score', () => {
  it('gives the checks that must be asked for', () => {
    const list =
      'container-resources,Pod,Makes sure that all pods have resource limits and requests set. The --ignore-container-cpu-limit flag can be used to disable the requirement of having a CPU limit,default\ncontainer-ports-check,Pod,Container Ports Checks,optional\ncontainer-seccomp-profile,Pod,Makes sure that all pods have at a seccomp policy configured.,optional\n';
    expect(optionalChecks(list)).toEqual(['container-ports-check', 'container-seccomp-profile']);
  });
});

describe('kube-score', () => {
  const text =
    'kind: Service\napiVersion: v1\nmetadata: {name: hello}\n---\nkind: Secret\napiVersion: v1\nmetadata: {name: a}\n';
  const lab = { name: 'lab', folder: '.', kubernetes: '1.36', set: loadTexts([{ path: 'a.yaml', text }], '.') };
  const judge = (list: string) => {
    const tool = fakeTool(`[ "$1" != list ] || { echo '${list}'; exit; }\necho '${report}'\nexit 1`);
    return kubeScore(tool, [lab], lab).judge(lab);
  };

  it('must judge every object of the kinds that it reads', async () => {
    expect(await judge('label-values,all,Validates label values,optional')).toMatchObject({ judged: 2, expected: 1 });
  });

  it('is not believed where an optional check was not made', async () => {
    await expect(judge('container-ports-check,Pod,Container Ports Checks,optional')).rejects.toThrow(
      'made no check container-ports-check',
    );
    await expect(judge('label-values,all,Validates label values,default')).rejects.toThrow(
      'made no check that is optional',
    );
  });
});
