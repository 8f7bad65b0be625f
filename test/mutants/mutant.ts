/** A fault that is planted into the objects of an environment, and the check that must find it. */
export interface Mutant {
  /** What kind of fault it is: rows of the table. */
  readonly class: string;
  /** What was done, as a sentence without its subject: "drops the seccomp profile". */
  readonly name: string;
  /** Id of the check that must find it; others may as well. */
  readonly killedBy: string;
  /** Environment whose objects are changed. */
  readonly environment: string;
  /** Changes the objects in place. */
  mutate(objects: Mutable[]): void;
}

/** An object that may be changed. */
export interface Mutable {
  kind: string;
  metadata: { name: string };
  [field: string]: unknown;
}

/** A change of one object: what it is, what is planted, who must find it. */
type Row = readonly [name: string, killedBy: string, object: `${string}/${string}`, ...edits: Edit[]];

/** Sets a field (`spec.ports.0.name`), or removes it where no value is given. A key with dots stands in brackets. */
export type Edit = readonly [path: string, value?: unknown];

/** Mutants of a class, each a change of one object that must exist. */
export const changes = (of: string, rows: readonly Row[], environment = 'production'): Mutant[] =>
  rows.map(([name, killedBy, object, ...edits]) => ({
    class: of,
    name,
    killedBy,
    environment,
    mutate: (objects) => {
      for (const [path, value] of edits) set(find(objects, object), path, value);
    },
  }));

/** A mutant that removes an object. */
export const without = (
  of: string,
  object: `${string}/${string}`,
  killedBy: string,
  environment = 'production',
): Mutant => ({
  class: of,
  name: `removes ${object}`,
  killedBy,
  environment,
  mutate: (objects) => {
    objects.splice(objects.indexOf(find(objects, object)), 1);
  },
});

/** A mutant that adds an object to the namespace of the others. */
export const having = (
  of: string,
  name: string,
  killedBy: string,
  object: Readonly<Record<string, unknown>> & { readonly metadata: object },
): Mutant => ({
  class: of,
  name,
  killedBy,
  environment: 'production',
  mutate: (objects) => {
    objects.push({
      ...object,
      metadata: { name: 'planted', namespace: 'chat', ...object.metadata },
    } as unknown as Mutable);
  },
});

function find(objects: readonly Mutable[], wanted: string): Mutable {
  const found = objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === wanted);
  if (!found)
    throw new Error(
      `no object ${wanted}; expected one of ${objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)}`,
    );
  return found;
}

function set(object: Mutable, path: string, value: unknown): void {
  const steps = [...path.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)].map(([, key, step]) => key ?? step ?? '');
  const last = steps.pop() ?? '';
  let at = object as Record<string, unknown>;
  for (const step of steps) {
    if (typeof at[step] !== 'object') throw new Error(`${object.kind}/${object.metadata.name} has no ${path}`);
    at = at[step] as Record<string, unknown>;
  }
  if (value === undefined && !(last in at)) throw new Error(`${object.kind}/${object.metadata.name} has no ${path}`);
  if (value === undefined && Array.isArray(at)) at.splice(Number(last), 1);
  else if (value === undefined) delete at[last];
  else at[last] = value;
}
