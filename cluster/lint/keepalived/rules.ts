import type { Rule } from '../rule';
import type { Keepalived } from './config';
import { authPass } from './rules/auth-pass';
import { braces } from './rules/braces';
import { checkNotTracked } from './rules/check-not-tracked';
import { checkStatus } from './rules/check-status';
import { checkTimeout } from './rules/check-timeout';
import { equalPriorities } from './rules/equal-priorities';
import { fractionalInterval } from './rules/fractional-interval';
import { masterNopreempt } from './rules/master-nopreempt';
import { multicast } from './rules/multicast';
import { noCheck } from './rules/no-check';
import { nopreemptWeight } from './rules/nopreempt-weight';
import { preempts } from './rules/preempts';
import { scriptSecurity } from './rules/script-security';
import { slowAdverts } from './rules/slow-adverts';
import { slowCheck } from './rules/slow-check';
import { tutorialRouterId } from './rules/tutorial-router-id';
import { weightAlone } from './rules/weight-alone';
import { weightGap } from './rules/weight-gap';

/** Shapes of keepalived.conf. */
export const KEEPALIVED_RULES: readonly Rule<Keepalived>[] = [
  braces,
  noCheck,
  checkNotTracked,
  nopreemptWeight,
  weightGap,
  weightAlone,
  checkStatus,
  slowCheck,
  checkTimeout,
  slowAdverts,
  masterNopreempt,
  preempts,
  equalPriorities,
  tutorialRouterId,
  multicast,
  fractionalInterval,
  scriptSecurity,
  authPass,
];
