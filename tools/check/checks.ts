import { capacityChecks } from './capacity';
import type { Check } from './check';
import { hardeningChecks } from './hardening';
import { immutabilityChecks } from './immutability';
import { referenceChecks } from './references';
import { schemaChecks } from './schema';
import { secretsChecks } from './secrets';
import { trafficChecks } from './traffic';

/** Every question that `slipway check` asks, in the order of its table. */
export const CHECKS: readonly Check[] = [
  ...schemaChecks,
  ...referenceChecks,
  ...secretsChecks,
  ...hardeningChecks,
  ...immutabilityChecks,
  ...capacityChecks,
  ...trafficChecks,
];
