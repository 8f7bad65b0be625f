import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { readDocuments } from '../manifests/yaml';
import { fields, nearest, parse, Refused, show } from '../parse/parse';
import type { Finding } from './check';

/** More than that, and the checks or the charts are wrong. */
const MOST = 8;

const exemption = fields({
  /** Id of a check. */
  check: z.string(),
  /** `Kind/namespace/name`, or `Kind/name` for an object of the whole cluster. */
  object: z.string().regex(/^[A-Z]\w*(\/[^/]+){1,2}$/, {
    error: ({ input }) =>
      `${show(input)} names no object; expected Kind/namespace/name, or Kind/name without a namespace`,
  }),
  reason: z
    .string()
    .trim()
    .min(20, { error: () => 'is too short to explain anything; expected a sentence of at least 20 characters' }),
});

/** A finding that is right where it stands, and why. */
export type Exemption = z.output<typeof exemption>;

/**
 * Reads the list of exemptions.
 * @param checks ids that there are.
 * @throws Refused where an entry is none, names no check, stands twice, or the list is too long.
 */
export function readExemptions(path: string, checks: readonly string[]): readonly Exemption[] {
  if (!existsSync(path))
    throw new Refused([`${path}: no such file; expected a list of exemptions (check, object, reason)`]);
  const [document] = readDocuments(readFileSync(path, 'utf8'), path);
  const list = parse(
    z
      .array(exemption)
      .max(MOST, { error: () => `has more than ${MOST} entries; mend what they excuse` })
      .readonly(),
    document?.value ?? [],
    path,
  );
  const faults = list.flatMap(({ check, object }, index) => [
    ...(checks.includes(check)
      ? []
      : [`${path}.${index}.check: there is no check "${check}"; ${nearest(check, checks)}`]),
    ...(list.findIndex((other) => other.check === check && other.object === object) < index
      ? [`${path}.${index}: ${check} of ${object} stands twice; expected it once`]
      : []),
  ]);
  if (faults.length > 0) throw new Refused(faults);
  return list;
}

export const exempts = ({ check, object }: Exemption, finding: Finding): boolean =>
  check === finding.check && object === showObject(finding.object);

/** An object as exemptions name it: `Kind/namespace/name`. */
export const showObject = ({ kind, namespace, name }: Finding['object']): string =>
  [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
