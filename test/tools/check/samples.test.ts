import { join } from 'node:path';
import { openFolders } from '../../../tools/check/folder';
import { judge, type Verdict } from '../../../tools/check/run';

/** What is said of a folder that was written the way people publish theirs. */
function verdictOf(sample: string): Verdict {
  const [folder] = openFolders([join(__dirname, '../../samples', sample)], { base: 'HEAD' });
  if (!folder) throw new Error(`no sample ${sample}`);
  // What git holds of it now is not what it held before.
  return judge({ ...folder, base: folder.set });
}

/** Which checks found something in which object. */
function findersByObject({ findings }: Verdict): Record<string, string[]> {
  const objects = [...new Set(findings.map(({ object }) => `${object.kind}/${object.name}`))];
  return Object.fromEntries(
    objects.map((name) => {
      const own = findings.filter(({ object }) => `${object.kind}/${object.name}` === name);
      return [name, [...new Set(own.map(({ check }) => check))].sort()];
    }),
  );
}

const GUESTBOOK = {
  'Ingress/guestbook': ['schema/served'],
  'Deployment/frontend': [
    'hardening/account',
    'hardening/budget',
    'hardening/capabilities',
    'hardening/image',
    'hardening/non-root',
    'hardening/privileges',
    'hardening/probes',
    'hardening/read-only-root',
    'hardening/resources',
    'hardening/seccomp',
    'hardening/service-links',
    'hardening/spread',
    'hardening/user',
    'schema/shape',
    'secrets/env',
    'traffic/isolated',
  ],
  'StatefulSet/redis_leader': [
    'hardening/account',
    'hardening/capabilities',
    'hardening/host',
    'hardening/image',
    'hardening/non-root',
    'hardening/privileges',
    'hardening/probes',
    'hardening/read-only-root',
    'hardening/resources',
    'hardening/seccomp',
    'hardening/service-links',
    'hardening/user',
    'hardening/volumes',
    'references/governing-service',
    'schema/names',
    'schema/shape',
    'secrets/arguments',
    'traffic/default-deny',
    'traffic/isolated',
  ],
  'Service/frontend': ['references/service-pods'],
  'Secret/redis': ['secrets/object'],
  'ClusterRoleBinding/guestbook': ['hardening/rbac-bindings'],
};

describe('a folder that does everything right, in anchors, flow style and a List', () => {
  const verdict = verdictOf('clean');

  it('gives no check anything to find', () => {
    expect(verdict.findings).toEqual([]);
  });

  it('leaves open what only an inventory could answer', () => {
    expect(verdict.unanswered.map(({ check }) => check)).toEqual([
      'capacity/nodes',
      'capacity/spread',
      'traffic/declared-talks',
    ]);
  });
});

describe('a folder as tutorials have it', () => {
  it('is told everything that is wrong with it, and nothing else', () => {
    expect(findersByObject(verdictOf('guestbook'))).toEqual(GUESTBOOK);
  });
});

describe('a folder with custom resources', () => {
  const verdict = verdictOf('operators');

  it('is judged by the definitions that it brings and those that are imported', () => {
    const told = verdict.findings.map(({ object, path, wrong }) => `${object.kind}/${object.name} ${path}: ${wrong}`);
    expect(told.sort()).toEqual(
      [
        'Backup/hourly spec.schedule: is missing',
        'Backup/hourly spec.scheduel: is no field here',
        'Backup/hourly spec.size: is 0',
        'Backup/tomorrow apiVersion: Backup is not served as example.com/v2 by its definition',
        'IPAddressPool/edge spec.autoAssign: is "no"',
      ].sort(),
    );
  });

  it('says which kinds nobody could judge', () => {
    expect(verdict.unanswered.find(({ check }) => check === 'schema/served')?.reason).toContain(
      'monitoring.coreos.com/v1 ServiceMonitor',
    );
  });
});
