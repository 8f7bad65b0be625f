import type { Check } from '../check';
import { budgetCanBeMet } from './disruption';
import { graceIsLongEnough } from './grace';
import { podsFitNodes } from './nodes';
import { quotaHasRoom } from './quota';
import { spreadIsFeasible } from './spread';

export const capacityChecks: readonly Check[] = [
  quotaHasRoom,
  podsFitNodes,
  spreadIsFeasible,
  budgetCanBeMet,
  graceIsLongEnough,
];
