import type { IncomingMessage } from 'node:http';
import type { Logger } from '@slipway/common/http';
import type { SessionCookie } from '../http/session-cookie';
import { isFromOurPage } from '../http/source';
import type { Session, Sessions } from '../stores/sessions';

export interface DoorOptions {
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly origins: ReadonlySet<string>;
  readonly log: Logger;
}

/**
 * Lets nobody in whose page or session is not ours, before anything is upgraded: browsers send cookies with a WebSocket from any page, and
 * CORS does not hold there (cross-site WebSocket hijacking).
 */
export class Door {
  private readonly admitted = new WeakMap<IncomingMessage, Session>();
  private closed = false;

  constructor(private readonly options: DoorOptions) {}

  /** For Engine.IO: `allowRequest`. A refusal is 403, which tells the page to log in again. */
  readonly allowRequest = (
    request: IncomingMessage,
    decide: (refusal: string | null | undefined, admitted: boolean) => void,
  ): void => {
    if (this.closed) {
      tellToComeBack(request);
      return;
    }
    this.admit(request).then(
      (refusal) => {
        // Engine.IO itself would say 400 to an upgrade.
        if (refusal !== undefined && request.headers.upgrade !== undefined) answer(request, '403 Forbidden');
        else decide(refusal, refusal === undefined);
      },
      (error) => {
        this.options.log.warn({ err: error }, 'a session could not be read');
        tellToComeBack(request);
      },
    );
  };

  /** The session of a request that was let in, once: the request is not kept after that. */
  take(request: IncomingMessage): Session | undefined {
    const session = this.admitted.get(request);
    this.admitted.delete(request);
    return session;
  }

  /** Nobody else comes in. */
  close(): void {
    this.closed = true;
  }

  private async admit(request: IncomingMessage): Promise<string | undefined> {
    const { sessions, cookie, origins } = this.options;
    if (!isFromOurPage(request.headers, origins)) return 'foreign origin';
    const id = cookie.read(request.headers.cookie);
    const session = id === undefined ? undefined : await sessions.find(id);
    if (session === undefined) return 'not logged in';
    this.admitted.set(request, session);
    return undefined;
  }
}

/** Whoever comes back finds another pod, or the store again. */
const tellToComeBack = (request: IncomingMessage): void =>
  answer(request, '503 Service Unavailable', 'Retry-After: 1\r\n');

/** Nothing was answered yet, upgrade or not. */
function answer({ socket }: IncomingMessage, status: string, headers = ''): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n${headers}Content-Length: 0\r\n\r\n`);
}
