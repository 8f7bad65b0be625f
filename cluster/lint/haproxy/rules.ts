import type { Rule } from '../rule';
import type { Haproxy } from './config';
import { balance } from './rules/balance';
import { idleTimeout } from './rules/idle-timeout';
import { keepsSessions } from './rules/keeps-sessions';
import { noCheck } from './rules/no-check';
import { openStats } from './rules/open-stats';
import { plainCheck } from './rules/plain-check';
import { readiness } from './rules/readiness';
import { redispatch } from './rules/redispatch';
import { slowDetection } from './rules/slow-detection';
import { sslHelloCheck } from './rules/ssl-hello-check';
import { syntax } from './rules/syntax';
import { tcpOnlyCheck } from './rules/tcp-only-check';

/** Shapes of haproxy.cfg, as a balancer of API servers. */
export const HAPROXY_RULES: readonly Rule<Haproxy>[] = [
  syntax,
  noCheck,
  tcpOnlyCheck,
  sslHelloCheck,
  plainCheck,
  idleTimeout,
  keepsSessions,
  slowDetection,
  redispatch,
  balance,
  readiness,
  openStats,
];
