import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Refused } from '../../parse/parse';
import type { Api, LiveObject } from '../api/client';
import { ApiError } from '../api/error';

/** Seconds after which a holder that was not heard of counts as gone. */
export const DURATION = 20;
const RENEWAL = 4;
/** Seconds without a renewal after which the holder itself stops: before anybody else may start. */
const GIVEN_UP = 15;

interface LeaseObject extends LiveObject {
  readonly spec: {
    readonly holderIdentity?: string | null;
    readonly renewTime?: string | null;
    readonly acquireTime?: string | null;
    readonly leaseDurationSeconds?: number | null;
  };
}

/** The right to release an environment. */
export interface Lease {
  /** Aborted when the lease is lost: somebody else may release from then on. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Takes the lease of an environment: a Lease object beside its release, so that a laptop and Jenkins cannot release at
 * once. Helm's own lock does not say whether its owner still lives; this one is renewed while somebody does.
 * Ages are measured by this machine's clock from what it saw, never by comparing clocks.
 * @param holder who asks, for whoever is refused meanwhile.
 * @throws Refused naming the holder where another one is at work.
 */
export async function takeLease(
  api: Api,
  { namespace, name, holder, print }: { namespace: string; name: string; holder: string; print(line: string): void },
): Promise<Lease> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/slipway-${name}`;
  const identity = `${holder} (${randomUUID().slice(0, 8)})`;
  let held = (await api.find<LeaseObject>(path)) ?? (await create(api, path, identity));
  if (held.spec.holderIdentity && held.spec.holderIdentity !== identity) {
    print(
      `${held.spec.holderIdentity} holds the lease of ${name}; waiting up to ${DURATION} s to see whether it still works`,
    );
    held = await expectSilence(api, path, held);
  }
  if (held.spec.holderIdentity !== identity) held = await take(api, path, held, identity);
  return keep(api, path, held);
}

/** The lease as it stands once its holder is gone. @throws Refused when the holder renews. */
async function expectSilence(api: Api, path: string, seen: LeaseObject): Promise<LeaseObject> {
  for (const start = performance.now(); performance.now() - start < DURATION * 1000; ) {
    await pause(500);
    const now = await api.get<LeaseObject>(path);
    if (!now.spec.holderIdentity) return now;
    if (now.metadata.resourceVersion === seen.metadata.resourceVersion) continue;
    throw new Refused([
      `lease ${lastOf(path)}: ${now.spec.holderIdentity} is releasing right now; expected nobody. Wait until it is done, then deploy again`,
    ]);
  }
  return seen;
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function create(api: Api, path: string, identity: string): Promise<LeaseObject> {
  const [folder, name] = [path.slice(0, path.lastIndexOf('/')), lastOf(path)];
  const body = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'slipway' } },
    spec: specOf(identity),
  };
  try {
    return (await api.ask<LeaseObject>('POST', folder, { body })).value;
  } catch (error) {
    // Somebody else was first.
    if (error instanceof ApiError && error.isConflict) return api.get<LeaseObject>(path);
    throw error;
  }
}

/** Takes the lease as it was seen: the server refuses where anybody wrote in between. */
async function take(api: Api, path: string, seen: LeaseObject, identity: string): Promise<LeaseObject> {
  try {
    return (await api.ask<LeaseObject>('PUT', path, { body: { ...seen, spec: specOf(identity) } })).value;
  } catch (error) {
    if (!(error instanceof ApiError && error.isConflict)) throw error;
    throw new Refused([
      `lease ${lastOf(path)}: somebody else took it at the same moment; deploy again when they are done`,
    ]);
  }
}

function keep(api: Api, path: string, taken: LeaseObject): Lease {
  const lost = new AbortController();
  const over = new AbortController();
  let held = taken;
  const renewing = (async () => {
    let renewed = performance.now();
    while (!over.signal.aborted && !lost.signal.aborted) {
      await pause(RENEWAL * 1000, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
      if (over.signal.aborted) return;
      try {
        const body = { ...held, spec: { ...held.spec, renewTime: microTime() } };
        held = (await api.ask<LeaseObject>('PUT', path, { body, patience: RENEWAL * 1000 })).value;
        renewed = performance.now();
      } catch (error) {
        const taken = error instanceof ApiError && (error.isConflict || error.isMissing);
        if (taken) lost.abort('somebody else took the lease of this environment');
        else if (performance.now() - renewed > GIVEN_UP * 1000)
          lost.abort(`the cluster did not answer for ${GIVEN_UP} s`);
      }
    }
  })();
  return {
    lost: lost.signal,
    release: async () => {
      over.abort();
      await renewing;
      if (lost.signal.aborted) return;
      const body = { ...held, spec: { ...held.spec, holderIdentity: null } };
      // Whoever comes next waits for it to run out, where this fails.
      await api.ask('PUT', path, { body }).catch(() => undefined);
    },
  };
}

const specOf = (identity: string) => ({
  holderIdentity: identity,
  leaseDurationSeconds: DURATION,
  acquireTime: microTime(),
  renewTime: microTime(),
});

/** `metav1.MicroTime`: six digits behind the second. */
const microTime = (): string => new Date().toISOString().replace('Z', '000Z');
