import type { Path } from '../../manifests/yaml';
import { show } from '../../parse/parse';
import type { Check } from '../check';
import { leavesOf, tail } from './leaves';

/** Fields of built-in kinds that hold a port, and the least it may be. 0 in the last two: nobody chose one. */
const FIELDS: Readonly<Record<string, number>> = {
  containerPort: 1,
  endPort: 1,
  number: 1,
  port: 1,
  targetPort: 1,
  hostPort: 0,
  nodePort: 0,
};

/** IANA_SVC_NAME, how the API lets a port be called: at most 15 characters, a letter among them, no double hyphen. */
const NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export const ports: Check = {
  id: 'schema/ports',
  what: 'Port numbers lie between 1 and 65535; port names are at most 15 of a-z, 0-9 and -, with a letter.',
  why: 'To a schema 80800 is an integer like any other; the API server refuses the object.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const object of set.objects) {
      for (const { path, value } of leavesOf(object)) {
        const least = isContainerPortName(path) ? 1 : FIELDS[tail(path, 1)];
        if (least === undefined) continue;
        if (typeof value === 'string' && !NAME.test(value)) {
          report(
            object,
            path,
            `is ${show(value)}`,
            'a number, or a name of at most 15 of a-z, 0-9 and - with a letter',
          );
        } else if (typeof value === 'number' && !(value >= least && value <= 65535)) {
          report(object, path, `is ${show(value)}`, `${least} to 65535`);
        }
      }
    }
  },
};

/** A Service's ports may have longer names. */
const isContainerPortName = (path: Path): boolean =>
  ['containers.ports.name', 'initContainers.ports.name'].includes(tail(path, 3));
