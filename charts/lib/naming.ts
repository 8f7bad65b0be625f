/**
 * The only maker of labels. Selectors are immutable join keys: they are written from a workload's name alone,
 * so that renaming a construct, moving a file or releasing an image never changes one.
 */
import type { Environment } from '../environments/schema';

/** Joins a controller to its pods and a Service to its endpoints. Never add a version, hash or tier here. */
export const selectorLabels = (name: string) => ({
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/name': name,
});

/** Names the pods of a workload in a NetworkPolicy: one label, so that the policy reads as a name. */
export const policyLabels = (name: string) => ({ 'app.kubernetes.io/name': name });

/**
 * The six recommended labels. `managed-by` is `Helm` because the release engine writes it anyway.
 * @param version tag of the image that the object belongs to.
 */
export const workloadLabels = (environment: Environment, name: string, component: string, version: string) => ({
  ...selectorLabels(name),
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/part-of': environment.namespace,
  'app.kubernetes.io/version': version,
});

/** Labels of what the administrator applies: no release engine owns it, and a cluster-wide object belongs to no environment. */
export const platformLabels = (component: string) => ({
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'slipway',
  'app.kubernetes.io/name': 'platform',
});
