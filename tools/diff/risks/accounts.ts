import type { Rule } from '../rules';

/** Annotations that give pods of an account a role in a cloud. */
const CLOUD_ROLES = [
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
];

/** What pods of an account are given. */
export const ACCOUNT_RULES: readonly Rule[] = [
  {
    kinds: ['ServiceAccount'],
    fields: 'metadata.annotations.*',
    when: ({ steps, after }) => after !== undefined && CLOUD_ROLES.includes(String(steps.at(-1))),
    risk: 'access',
    why: 'its pods may do in the cloud what that role says',
  },
  {
    kinds: ['ServiceAccount'],
    fields: 'automountServiceAccountToken',
    when: ({ after }) => after !== false,
    risk: 'access',
    why: 'its pods are given a token of it unless they refuse',
  },
  {
    kinds: ['ServiceAccount'],
    fields: 'imagePullSecrets[].**',
    when: ({ before }) => before !== undefined,
    risk: 'restarts',
    why: 'new pods may not be able to pull their image',
  },
];
