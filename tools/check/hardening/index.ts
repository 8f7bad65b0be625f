import type { Check } from '../check';
import { budget, rollout, spread } from './availability';
import { bindings } from './bindings';
import { account, serviceLinks, token } from './identity';
import { image, pullPolicy } from './images';
import { fences, podSecurity } from './namespace';
import { egress, ingress } from './network';
import { host, kernel, volumes } from './node';
import { capabilities, nonRoot, privileges, readOnlyRoot, seccomp, user } from './privileges';
import { distinctProbes, probes } from './probes';
import { escalation, exec, secretAccess, wildcards } from './rbac';
import { emptyDir, resources } from './resources';

/** Of every pod, then of what stands around pods: accounts and rights, traffic, namespaces. */
export const hardeningChecks: readonly Check[] = [
  host,
  volumes,
  kernel,
  seccomp,
  privileges,
  capabilities,
  nonRoot,
  user,
  readOnlyRoot,
  resources,
  emptyDir,
  probes,
  distinctProbes,
  image,
  pullPolicy,
  token,
  account,
  serviceLinks,
  spread,
  budget,
  rollout,
  egress,
  ingress,
  wildcards,
  escalation,
  exec,
  secretAccess,
  bindings,
  podSecurity,
  fences,
];
