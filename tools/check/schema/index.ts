import type { Check } from '../check';
import { choices } from './choices';
import { names } from './names';
import { ports } from './ports';
import { ranges } from './ranges';
import { served, shape } from './shape';
import { unique } from './unique';

export const schemaChecks: readonly Check[] = [served, shape, choices, ranges, names, ports, unique];
