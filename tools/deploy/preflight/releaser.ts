import { hostname, userInfo } from 'node:os';
import type { Api } from '../api/client';

/** Who releases: `<os user>@<host> as <the cluster's name for them>`. */
export async function releaser(api: Api): Promise<string> {
  return `${osUser()}@${hostname()} as ${await clusterUser(api)}`;
}

/** The name by which the cluster knows whoever asks. */
export async function clusterUser(api: Api): Promise<string> {
  const { value } = await api.ask<{ status?: { userInfo?: { username?: string } } }>(
    'POST',
    '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    { body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' } },
  );
  return value.status?.userInfo?.username ?? 'unknown';
}

/** A container may run under a number that nobody gave a name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
