import { showObject } from '../../diff/show';
import { compareText, type Manifest } from '../../render/order';
import type { LiveObject } from '../api/client';
import type { ApiError } from '../api/error';

/** A field that another manager owns and that would change. */
export interface Conflict {
  /** `Deployment chat/hello` */
  readonly object: string;
  /** As the server writes it: `.spec.replicas`. */
  readonly field: string;
  readonly manager: string;
  /** Through which door the manager wrote: `scale`, `status`; missing for the object itself. */
  readonly subresource?: string;
  /** When the manager last wrote on the object; ISO time. Missing where the server does not keep it, as for `scale`. */
  readonly at?: string;
}

const WORDS = /^conflict with "((?:[^"\\]|\\.)*)"(?: with subresource "([^"]*)")?/;

/** Conflicts of an apply that the server refused with 409; none where it refused for another reason. */
export function conflictsOf(
  object: Manifest,
  live: LiveObject | undefined,
  { status, isConflict }: ApiError,
): Conflict[] {
  if (!isConflict) return [];
  const conflicts = (status.details?.causes ?? []).flatMap(({ reason, field = '', message = '' }) => {
    if (reason !== 'FieldManagerConflict') return [];
    const [, manager = 'unknown', subresource] = WORDS.exec(message) ?? [];
    const at = live?.metadata.managedFields?.find(
      (entry) => entry.manager === manager && (entry.subresource || undefined) === subresource,
    )?.time;
    return [{ object: nameOf(object), field, manager, ...(subresource && { subresource }), ...(at && { at }) }];
  });
  // The server names them in no order.
  return conflicts.sort((a, b) => compareText(a.field, b.field));
}

/** `Deployment chat/hello: .spec.replicas belongs to kubectl (scale, 2026-11-20T10:00:00Z)` */
export function showConflict({ object, field, manager, subresource, at }: Conflict): string {
  const how = [subresource, at].filter((part) => part !== undefined).join(', ');
  return `${object}: ${field} belongs to ${manager}${how === '' ? '' : ` (${how})`}`;
}

/** An object as messages name it: `Deployment chat/hello`. */
export const nameOf = ({ kind, metadata }: Manifest): string =>
  showObject({ kind, name: metadata.name, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }) });
