import { GROUPS, groupOf, type Kind } from '../../manifests/kinds';
import { containersOf } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import { show } from '../../parse/parse';
import type { Check } from '../check';

/** Fields of built-in kinds that hold a port. `hostPort` and `nodePort` may be 0: nobody chose one. */
const FIELDS: Readonly<Record<string, number>> = {
  containerPort: 1,
  port: 1,
  targetPort: 1,
  endPort: 1,
  number: 1,
  hostPort: 0,
  nodePort: 0,
};

/** IANA_SVC_NAME: how the API lets a port be called. */
const NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export const ports: Check = {
  id: 'schema/ports',
  what: 'Port numbers lie between 1 and 65535; port names are at most 15 of a-z, 0-9 and -, with a letter.',
  why: 'To a schema 80800 is an integer like any other; the API server refuses the object.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const object of set.objects) {
      if (GROUPS[object.kind as Kind] !== groupOf(object.apiVersion) || object.kind === 'ConfigMap') continue;
      for (const { path, value, least } of portsIn(object, [])) {
        if (typeof value === 'string' ? isName(value) : isNumber(value, least)) continue;
        const right =
          typeof value === 'string' ? 'a number, or a name of at most 15 of a-z, 0-9 and -' : `${least} to 65535`;
        report(object, path, `is ${show(value)}`, right);
      }
    }
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        for (const [index, { name }] of (container.ports ?? []).entries()) {
          if (name === undefined || isName(name)) continue;
          report(
            pod.owner,
            [...path, 'ports', index, 'name'],
            `is ${show(name)}`,
            'at most 15 of a-z, 0-9 and -, with a letter',
          );
        }
      }
    }
  },
};

const isName = (value: string): boolean => value.length <= 15 && NAME.test(value) && !value.includes('--');
const isNumber = (value: number, least: number): boolean => Number.isInteger(value) && value >= least && value <= 65535;

interface Port {
  readonly path: Path;
  readonly value: number | string;
  readonly least: number;
}

function* portsIn(value: unknown, path: Path): Generator<Port> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    const least = FIELDS[key];
    if (least !== undefined && (typeof field === 'number' || typeof field === 'string')) {
      yield { path: [...path, step], value: field, least };
    } else if (key !== 'labels' && key !== 'annotations' && key !== 'matchLabels') {
      yield* portsIn(field, [...path, step]);
    }
  }
}
