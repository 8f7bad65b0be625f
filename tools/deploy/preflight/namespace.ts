import type { LiveObject } from '../api/client';
import { ApiError } from '../api/error';
import type { Bundle } from '../bundle';
import { type Answer, type PreflightContext, platformStep, type Question } from './question';

export interface LiveNamespace extends LiveObject {
  readonly status?: { readonly phase?: string };
}

/** The namespace is there, stays, and carries what it was rendered with: Pod Security above all. */
export const namespaceStands: Question = {
  name: 'namespace',
  ask: async ({ bundle, api }: PreflightContext): Promise<Answer> => {
    try {
      return {
        faults: judgeNamespace(bundle, await api.find<LiveNamespace>(`/api/v1/namespaces/${bundle.namespace}`)),
      };
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 403)) throw error;
      return {
        faults: [
          `namespace ${bundle.namespace}: may not be looked at; expected it to exist, and to be shown to the deployer. ${platformStep(bundle)}`,
        ],
      };
    }
  },
};

/** What stands against a namespace as the cluster has it. */
export function judgeNamespace(bundle: Bundle, live: LiveNamespace | undefined): string[] {
  const where = `namespace ${bundle.namespace}`;
  if (live === undefined) return [`${where}: does not exist; expected it before a release. ${platformStep(bundle)}`];
  if (live.metadata.deletionTimestamp !== undefined || live.status?.phase === 'Terminating') {
    return [
      `${where}: somebody deletes it, since ${live.metadata.deletionTimestamp ?? 'a while'}; expected it to stay. Next: wait until it is gone, then \`slipway platform ${bundle.environment}\` and \`slipway secrets ${bundle.environment}\``,
    ];
  }
  const rendered = bundle.platform.find('Namespace', '', bundle.namespace)?.metadata.labels ?? {};
  return Object.entries(rendered)
    .filter(([label, value]) => live.metadata.labels?.[label] !== value)
    .map(([label, value]) => {
      const found = live.metadata.labels?.[label];
      return `${where}: label ${label} is ${found === undefined ? 'missing' : JSON.stringify(found)}; expected ${JSON.stringify(value)}. ${platformStep(bundle)}`;
    });
}
