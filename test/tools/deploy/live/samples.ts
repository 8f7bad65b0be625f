import type { LiveObject } from '../../../../tools/deploy/api/client';

type Fields = Readonly<Record<string, unknown>>;

/** An object as the API server would answer it. */
export const live = (kind: string, metadata: Fields, fields: Fields = {}): LiveObject =>
  ({
    apiVersion: 'v1',
    kind,
    metadata: {
      name: 'a',
      namespace: 'shop',
      uid: '7e23dba5',
      resourceVersion: '7',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
    ...fields,
  }) as LiveObject;
