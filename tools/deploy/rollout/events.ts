import { compareText } from '../../render/order';
import type { Api, LiveObject } from '../api/client';

/** Something that happened, as a controller or a kubelet tells it. */
export interface Event extends LiveObject {
  readonly involvedObject: { readonly kind?: string; readonly name?: string; readonly uid?: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
}

/** Everything that a namespace remembers, the newest last. */
export async function readEvents(api: Api, namespace: string): Promise<Event[]> {
  const events = await api.list<Event>(`/api/v1/namespaces/${namespace}/events`);
  return events.sort((a, b) => compareText(timeOf(a), timeOf(b)));
}

/** When an event happened last: the scheduler fills other fields than the kubelet. */
export const timeOf = ({ series, lastTimestamp, eventTime, firstTimestamp, metadata }: Event): string =>
  series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp;

/** `BackOff: Back-off restarting failed container (4 times)` */
export function showEvent({ reason = '', message = '', count, series }: Event): string {
  const often = series?.count ?? count ?? 1;
  return `${reason}: ${message.trim().replaceAll('\n', ' ')}${often > 1 ? ` (${often} times)` : ''}`;
}
