import { Refused } from '../../parse/parse';
import type { ContractSecret } from '../../render/inventory';
import { type Given, variableOf } from './given';
import { lockedBy, missingOf, type Present } from './present';
import { judgeValues, type Values } from './value';

/** What becomes of one Secret. */
export interface Change {
  readonly present: Present;
  readonly secret: ContractSecret;
  /** Keys that hold nothing yet. */
  readonly created: readonly string[];
  /** Keys that hold something else. */
  readonly changed: readonly string[];
  /** Changed keys whose value a running pod has to learn first. */
  readonly rotated: readonly string[];
  /** All values that it has afterwards. */
  readonly values: Values;
}

export interface Circumstances {
  readonly namespace: string;
  readonly at: Date;
  readonly rotate: boolean;
  /** Pods of rotations that started once, or may have: their databases keep the value of that start. */
  readonly started: ReadonlySet<string>;
}

/**
 * Decides what is written, before anything is.
 * @throws Refused with every reason against it: what is missing, does not parse, is somebody else's, needs `--rotate`.
 */
export function planChanges(
  present: readonly Present[],
  given: readonly Given[],
  circumstances: Circumstances,
): readonly Change[] {
  const changes = present.map((one) => changeOf(one, given, circumstances));
  const missing = changes.flatMap(({ secret, values }) =>
    Object.keys(secret.keys)
      .filter((key) => !values.has(key))
      .map((key) => `${secret.name}/${key}: is missing; expected ${variableOf(secret.name, key)}`),
  );
  const active = changes.filter(({ created, changed }) => created.length + changed.length > 0);
  const faults = active.flatMap((change) => faultsAgainst(change, circumstances));
  if (missing.length > 0) faults.push(...missing, HOW_TO_GIVE);
  if (faults.length > 0) throw new Refused([...faults, 'Nothing was written.']);
  return active;
}

const HOW_TO_GIVE = `Values are given by the variables above, by --from <folder> (<folder>/<secret>/<key>), or by --stdin ({"<secret>":{"<key>":"…"}}); --generate makes up what nobody needs to know.`;

function changeOf(present: Present, given: readonly Given[], { started }: Circumstances): Change {
  const { secret, values } = present;
  const own = given.filter((one) => one.secret === secret.name);
  const different = own.filter(({ key, value }) => !values.get(key)?.equals(value)).map(({ key }) => key);
  const changed = different.filter((key) => values.has(key));
  return {
    present,
    secret,
    created: different.filter((key) => !values.has(key)),
    changed,
    rotated: Object.entries(secret.rotations ?? {}).flatMap(([key, { pod }]) =>
      changed.includes(key) && started.has(pod) ? [key] : [],
    ),
    values: new Map([...values, ...own.map(({ key, value }) => [key, value] as const)]),
  };
}

function faultsAgainst(change: Change, { namespace, at, rotate }: Circumstances): string[] {
  const { present, secret, rotated, values } = change;
  const isWhole = Object.keys(secret.keys).every((key) => values.has(key));
  return [
    ...lockedBy(present, namespace),
    ...(isWhole ? judgeValues(secret, values, [], at).faults : []),
    ...rotated.flatMap((key) => {
      const where = `${secret.name}/${key}`;
      if (!rotate) {
        return [
          `${where}: a new value would not reach ${secret.rotations?.[key]?.pod}, which took it at its first start; expected --rotate, which changes it there first (by exec: an administrator's kubeconfig)`,
        ];
      }
      return [values.get(key), present.values.get(key)].every((value) => isLine(value))
        ? []
        : [`${where}: the new value or the present one is no line of text; expected a password without line breaks`];
    }),
  ];
}

/** Whether a value arrives whole where it is sent as a line. */
const isLine = (value: Buffer = Buffer.alloc(0)): boolean =>
  Buffer.from(String(value)).equals(value) && !/[\r\n\0]/.test(String(value));

/** What there is and what is not, by name; nothing more. */
export interface KeyState {
  readonly secret: string;
  readonly key: string;
  readonly state: 'there' | 'missing';
}

/** `--check`. Faults say what is wrong with a Secret that is there. */
export function checkPresent(present: readonly Present[]): {
  readonly keys: readonly KeyState[];
  readonly faults: readonly string[];
} {
  const keys = present.flatMap((one) =>
    Object.keys(one.secret.keys).map((key): KeyState => {
      const state = missingOf(one).includes(key) ? 'missing' : 'there';
      return { secret: one.secret.name, key, state };
    }),
  );
  const faults = present.flatMap(({ secret: { name, type }, live }) =>
    live && live.type !== type ? [`Secret ${name}: is of type ${live.type}; expected ${type}`] : [],
  );
  return { keys, faults };
}
