import type { Check } from '../check';
import { names } from './names';
import { ports } from './ports';
import { served, shape } from './shape';

export const schemaChecks: readonly Check[] = [served, shape, names, ports];
