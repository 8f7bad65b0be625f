import { capacityChecks } from './capacity';
import type { Check } from './check';
import { immutabilityChecks } from './immutability';
import { referenceChecks } from './references';
import { schemaChecks } from './schema';
import { trafficChecks } from './traffic';

/** Every question that `slipway check` asks, in the order of its table. */
export const CHECKS: readonly Check[] = [
  ...schemaChecks,
  ...referenceChecks,
  ...immutabilityChecks,
  ...capacityChecks,
  ...trafficChecks,
];
