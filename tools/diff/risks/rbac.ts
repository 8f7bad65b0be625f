import type { PolicyRule, Subject as RoleSubject } from 'kubernetes-types/rbac/v1';
import { valueAt } from '../../manifests/pods';
import type { Manifest } from '../../render/order';
import { both, type Subject, type Verdict } from '../subject';
import { canonical } from '../values';

/** One permission: a verb on a resource of a group, on one object of it or on all; or a verb on a path. */
interface Grant {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** `*` for every object. */
  readonly name: string;
}

/** A path of the API server that is no resource stands in this group. */
const PATHS = '(paths)';

/** Grants that a message names; there may be hundreds. */
const MOST_NAMED = 3;

/** Roles that allow more, and bindings that allow it to more. */
export function* rbac(subject: Subject): Generator<Verdict> {
  const { kind, before, after } = subject;
  if (!before || !after) return;
  if (kind === 'Role' || kind === 'ClusterRole') yield* ofRole(subject, before, after);
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
    const [old, now] = both(subject, ['subjects']).map((subjects) =>
      ((subjects ?? []) as RoleSubject[]).map(showSubject),
    );
    const gained = (now ?? []).filter((name) => !old?.includes(name));
    const at = ['subjects'];
    if (gained.length > 0) yield { risk: 'access', why: `gives its role to ${gained.join(', ')}`, at };
    else if (now?.length !== old?.length) yield { risk: 'safe', why: 'takes its role from somebody', at };
  }
}

function* ofRole(subject: Subject, before: Manifest, after: Manifest): Generator<Verdict> {
  const [old, now] = [grantsOf(before), grantsOf(after)];
  const gained = now.filter((grant) => !old.some((had) => covers(had, grant)));
  const lost = old.filter((grant) => !now.some((has) => covers(has, grant)));
  const at = ['rules'];
  if (gained.length > 0) yield { risk: 'access', why: `also allows ${showGrants(gained)}`, at };
  else if (lost.length > 0) yield { risk: 'safe', why: `no longer allows ${showGrants(lost)}`, at };
  else yield { risk: 'safe', why: 'allows the same, in other words', at };
  const [wasMade, isMade] = both(subject, ['aggregationRule']);
  if (isMade !== undefined && canonical(wasMade) !== canonical(isMade))
    yield { risk: 'access', why: 'is made of other roles than before', at: ['aggregationRule'] };
  for (const { steps, after: value } of subject.leaves) {
    if (
      steps[1] === 'labels' &&
      value === 'true' &&
      String(steps[2]).startsWith('rbac.authorization.k8s.io/aggregate-to-')
    )
      yield { risk: 'access', why: 'another role takes its permissions over', at: steps };
  }
}

function grantsOf(role: Manifest): Grant[] {
  const rules = (valueAt(role, ['rules']) ?? []) as PolicyRule[];
  return rules.flatMap(({ verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }) =>
    verbs.flatMap((verb) => [
      ...nonResourceURLs.map((resource) => ({ verb, group: PATHS, resource, name: '*' })),
      ...apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          (resourceNames.length > 0 ? resourceNames : ['*']).map((name) => ({ verb, group, resource, name })),
        ),
      ),
    ]),
  );
}

/** Whether one permission holds another (rbac.authorization.k8s.io/v1 PolicyRule). */
function covers(had: Grant, wanted: Grant): boolean {
  const holds = (field: 'verb' | 'group' | 'name') =>
    had[field] === wanted[field] ||
    (had[field] === '*' && wanted.group !== PATHS) ||
    (field === 'verb' && had.verb === '*');
  return holds('verb') && holds('group') && holds('name') && coversResource(had, wanted);
}

function coversResource({ resource: had, group }: Grant, { resource: wanted }: Grant): boolean {
  if (had === wanted || had === '*') return true;
  if (group === PATHS) return had.endsWith('*') && wanted.startsWith(had.slice(0, -1));
  return had.startsWith('*/') && wanted.endsWith(had.slice(1));
}

function showGrants(grants: readonly Grant[]): string {
  const shown = grants.slice(0, MOST_NAMED).map(({ verb, group, resource, name }) => {
    const of = group === '' || group === PATHS ? resource : `${resource}.${group}`;
    return `${verb} ${of}${name === '*' ? '' : ` ${name}`}`;
  });
  const more = grants.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const showSubject = ({ kind, namespace, name }: RoleSubject): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
