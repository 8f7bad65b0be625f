import { type Hardened, rulesAfter, table } from './hardened';

const BINDING = { roleRef: { kind: 'Role', name: 'reader' } };
const bound =
  (kind: string, subject: object) =>
  ({ objects, pod }: Hardened) => {
    pod.spec.automountServiceAccountToken = true;
    const metadata = { name: 'web', ...(kind === 'RoleBinding' && { namespace: 'shop' }) };
    objects.push({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata, ...BINDING, subjects: [subject] });
  };

describe('hardening/token', () => {
  it.each(
    table({
      'a token that is mounted': ({ pod }) => Object.assign(pod.spec, { automountServiceAccountToken: true }),
      'a token of which nothing is said': ({ pod }) => delete pod.spec.automountServiceAccountToken,
      'a token of an account of another namespace': bound('RoleBinding', {
        kind: 'ServiceAccount',
        name: 'web',
        namespace: 'other',
      }),
      'a token beside a user who is called like the account': bound('RoleBinding', {
        kind: 'User',
        name: 'web',
        namespace: 'shop',
      }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/token']);
  });

  it.each(
    table({
      'an account that a RoleBinding names': bound('RoleBinding', { kind: 'ServiceAccount', name: 'web' }),
      'an account that a ClusterRoleBinding names': bound('ClusterRoleBinding', {
        kind: 'ServiceAccount',
        name: 'web',
        namespace: 'shop',
      }),
      'a projected token': ({ pod }) =>
        pod.spec.volumes.push({ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }),
    }),
  )('lets $title pass', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });
});

describe('hardening/account', () => {
  it.each(
    table({
      'a pod without an account': ({ pod }) => delete pod.spec.serviceAccountName,
      'a pod with an empty account': ({ pod }) => Object.assign(pod.spec, { serviceAccountName: '' }),
      'the account `default`': ({ pod }) => Object.assign(pod.spec, { serviceAccountName: 'default' }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/account']);
  });

  it("reads the field's old name", () => {
    const change = ({ pod }: Hardened) => {
      delete pod.spec.serviceAccountName;
      pod.spec.serviceAccount = 'web';
    };
    expect(rulesAfter(change)).toEqual([]);
  });
});

describe('hardening/service-links', () => {
  it.each(
    table({
      'links that are wanted': ({ pod }) => Object.assign(pod.spec, { enableServiceLinks: true }),
      'links of which nothing is said': ({ pod }) => delete pod.spec.enableServiceLinks,
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/service-links']);
  });
});
