import type { DialectName } from '../generator/dialects';
import type { Running } from '../processes';
import type { Teardown } from '../teardown';

/** Who sits where: `rooms` of `members` each. */
export interface Layout {
  readonly rooms: number;
  readonly members: number;
}

/** A client's place before it knows its process. */
export interface Guest {
  readonly room: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A chat that can be measured. */
export interface Chat {
  readonly name: string;
  readonly dialect: DialectName;
  /** Starts one of its processes. */
  start(redisUrl: string, teardown: Teardown): Promise<Running & { readonly metricsPort?: number }>;
  /** Makes what the clients need before they come, room after room. */
  invite(redisUrl: string, layout: Layout): Promise<readonly Guest[]>;
}

/** A chat without accounts lets everybody into every room. */
export const inviteAnybody = async (_redisUrl: string, { rooms, members }: Layout): Promise<readonly Guest[]> =>
  Array.from({ length: rooms * members }, (_, index) => ({ room: `room-${Math.floor(index / members)}`, headers: {} }));
