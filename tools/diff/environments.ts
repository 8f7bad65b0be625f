import { groupOf, namespaceOf } from '../manifests/kinds';
import type { ManifestSet } from '../manifests/manifest-set';
import { compareManifests, type Manifest } from '../render/order';
import { fieldChanges } from './changes';
import { isDefaultWritten } from './defaults';
import { HIDDEN_DIFFERS, shown } from './hidden';
import { showObject } from './show';
import { showSteps } from './steps';
import { inTemplate, kindOf, subjectOf } from './subject';
import { canonical } from './values';
import type { Worlds } from './worlds';

/** A field in which two environments differ. */
export interface EnvironmentField {
  /** `Deployment chat/chat`, as the first environment has it. */
  readonly object: string;
  readonly path: string;
  /** Missing where the environment has not the field. */
  readonly one?: unknown;
  readonly other?: unknown;
}

/** What `slipway diff ENV OTHER_ENV --json` prints. */
export interface EnvironmentReport {
  readonly one: string;
  readonly other: string;
  readonly fields: readonly EnvironmentField[];
  /** Objects that only one of them has. */
  readonly onlyInOne: readonly string[];
  readonly onlyInOther: readonly string[];
}

interface Named {
  readonly name: string;
  readonly set: ManifestSet;
}

/** How two environments differ, object by object. Their namespaces may have different names. */
export function compareEnvironments(one: Named, other: Named): EnvironmentReport {
  const [these, those] = [one.set, other.set].map(byRole);
  const pairs = [...(these ?? [])].flatMap(([role, object]) => {
    const partner = those?.get(role);
    return partner ? [[object, partner] as const] : [];
  });
  const alone = (some = new Map<string, Manifest>(), others = new Map<string, Manifest>()) =>
    [...some]
      .flatMap(([role, object]) => (others.has(role) ? [] : [object]))
      .sort(compareManifests)
      .map(titleOf);
  return {
    one: one.name,
    other: other.name,
    fields: pairs.sort(([a], [b]) => compareManifests(a, b)).flatMap(([object, partner]) => fieldsOf(object, partner)),
    onlyInOne: alone(these, those),
    onlyInOther: alone(those, these),
  };
}

/**
 * Objects by what they are in their environment: kind and name. The namespace counts only where an environment has
 * several objects of that kind and name; its own Namespace is one and the same, whatever it is called.
 */
function byRole(set: ManifestSet): Map<string, Manifest> {
  const objects = [...set.byIdentity().values()];
  const namespaces = new Set(objects.map(namespaceOf).filter((name) => name !== ''));
  const roles = new Map<string, Manifest[]>();
  for (const object of objects) {
    const own = namespaces.size === 1 && object.kind === 'Namespace' && namespaces.has(object.metadata.name);
    const role = `${object.kind} ${groupOf(object.apiVersion)} ${own ? '' : object.metadata.name}`;
    roles.set(role, [...(roles.get(role) ?? []), object]);
  }
  return new Map(
    [...roles].flatMap(([role, those]) =>
      those.map((object): [string, Manifest] => [those.length > 1 ? `${role} ${namespaceOf(object)}` : role, object]),
    ),
  );
}

const titleOf = ({ kind, metadata }: Manifest): string => showObject({ kind, ...metadata });

const NO_WORLDS = {} as Worlds;

function fieldsOf(one: Manifest, other: Manifest): EnvironmentField[] {
  const changes = [...fieldChanges(one, other, () => false)];
  const subject = subjectOf(one, other, changes, NO_WORLDS);
  return changes
    .filter((change) => !isDefaultWritten(kindOf(one), change, inTemplate(subject, change.steps)))
    .map(({ steps, before, after }) => {
      const [was, is] = [shown(one, steps, before), shown(one, steps, after)];
      const hides = before !== undefined && after !== undefined && canonical(was) === canonical(is);
      return {
        object: titleOf(one),
        path: showSteps(steps),
        ...(was !== undefined && { one: hides ? HIDDEN_DIFFERS : was }),
        ...(is !== undefined && { other: hides ? HIDDEN_DIFFERS : is }),
      };
    });
}
