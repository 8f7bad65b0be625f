import type { Migration } from 'kysely';
import { accountsRoomsMessages } from './001-accounts-rooms-messages';
import { readMarkers } from './002-read-markers';

/**
 * Every migration in the order of its number. They only add: while release N rolls out, pods of release N-1 go on with N's schema.
 * What a release no longer uses may go with the release after it, when no pod reads it any more; never drop, rename or narrow before.
 * MySQL commits each statement of its own, so each must bear being run again.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-accounts-rooms-messages': accountsRoomsMessages,
  '002-read-markers': readMarkers,
};
