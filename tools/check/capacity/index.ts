import type { Check } from '../check';
import { budgetCanBeMet } from './disruption';
import { graceIsLongEnough } from './grace';
import { limitRangeAdmits } from './limit-range';
import { podsFitNodes } from './nodes';
import { quotaHasRoom } from './quota';
import { spreadIsFeasible } from './spread';

export const capacityChecks: readonly Check[] = [
  quotaHasRoom,
  limitRangeAdmits,
  podsFitNodes,
  spreadIsFeasible,
  budgetCanBeMet,
  graceIsLongEnough,
];
