import type { Manifest } from '../../render/order';
import type { Api } from '../api/client';
import { ApiError } from '../api/error';
import { lastGood, readReleases } from '../release/record';
import { always, carrying, distinct, missingLines, type Need } from './needs';
import { type Answer, type PreflightContext, platformStep, type Question } from './question';
import { clusterUser } from './releaser';

/** Whoever releases may do all that a release does, to take it back included. Asked before anything is begun. */
export const accessSuffices: Question = {
  name: 'access',
  ask: async ({ bundle, api, pruneData }: PreflightContext): Promise<Answer> => {
    const { namespace, environment } = bundle;
    const [user, running] = await Promise.all([clusterUser(api), released(api, namespace, environment)]);
    const objects = [...bundle.workloads.objects, ...running];
    const { paths, unknown } = await pathsOf(api, objects);
    const missing = await lacking(api, distinct([...paths.map(carrying), ...always(namespace, pruneData)]));
    return {
      faults: [
        ...unknown,
        ...missingLines(missing).map(
          (line) => `${user} may not ${line}; expected so for a release. ${platformStep(bundle)}`,
        ),
      ],
    };
  },
};

/** What runs, and what would run again; nothing where it may not be read, which is a fault of its own. */
async function released(api: Api, namespace: string, name: string): Promise<readonly Manifest[]> {
  try {
    const releases = await readReleases(api, namespace, name);
    return [...(releases.at(-1)?.objects ?? []), ...(lastGood(releases)?.objects ?? [])];
  } catch (error) {
    if (error instanceof ApiError && error.code === 403) return [];
    throw error;
  }
}

/** Where the cluster keeps objects, and what it keeps nowhere. */
async function pathsOf(api: Api, objects: readonly Manifest[]): Promise<{ paths: string[]; unknown: string[] }> {
  const found = await Promise.all(
    objects.map(async (object) => {
      try {
        return { path: await api.pathOf(object) };
      } catch (error) {
        if (!(error instanceof ApiError && error.isMissing)) throw error;
        return {
          fault: `${object.kind} ${object.metadata.name}: the cluster knows no ${object.kind} of ${object.apiVersion}; expected its definition to be installed`,
        };
      }
    }),
  );
  return {
    paths: found.flatMap(({ path }) => path ?? []),
    unknown: [...new Set(found.flatMap(({ fault }) => fault ?? []))],
  };
}

/** What of it the server does not allow, verb by verb: only the server knows what all its authorizers say. */
async function lacking(api: Api, needs: readonly Need[]): Promise<Need[]> {
  const answered = await Promise.all(
    needs.map(async (need) => {
      const allowed = await Promise.all(need.verbs.map((verb) => mayI(api, need, verb)));
      return { ...need, verbs: need.verbs.filter((_, index) => !allowed[index]) };
    }),
  );
  return answered.filter(({ verbs }) => verbs.length > 0);
}

async function mayI(api: Api, { group, resource: named, namespace, name }: Need, verb: string): Promise<boolean> {
  const [resource, subresource] = named.split('/');
  const { value } = await api.ask<{ status?: { allowed?: boolean } }>(
    'POST',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb, group, resource, subresource, namespace, name } },
      },
    },
  );
  return value.status?.allowed === true;
}
