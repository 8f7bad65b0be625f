import type { Server, Socket } from 'socket.io';

type Engine = Server['engine'];
type Connection = Socket['conn'];

/** Bytes that may wait for one client. With the largest frame on top they stay below 2 MiB. */
export const BACKLOG_BYTES = 1_200_000;
/** Milliseconds for which a client may take nothing while something waits for it. */
export const STALL_LIMIT = 1_200;
/** Milliseconds between two looks at those who take nothing. */
const LOOK_PERIOD = 200;
/** Close code of WebSocket for "try again later". */
const TRY_AGAIN_LATER = 1013;

export type CutReason = 'bytes' | 'stalled';

/**
 * Cuts clients that take nothing: Socket.IO keeps whatever it cannot send, without a bound. The client connects again and resumes.
 * @param onCut is told the reason and how many bytes had been waiting.
 */
export class Backlog {
  private readonly stalled = new Map<Connection, number>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly engine: Engine,
    private readonly onCut: (reason: CutReason, bytes: number) => void,
  ) {
    engine.on('flush', (connection: Connection) => this.stalled.size > 0 && this.stalled.delete(connection));
    this.timer = setInterval(() => this.look(), LOOK_PERIOD);
    this.timer.unref();
  }

  /** Looks at one connection. Whoever sends much calls it after sending; everybody is looked at five times a second. */
  watch(connection: Connection): void {
    // Nearly always there is nothing: the transport took it.
    if (writeBufferOf(connection).length === 0) return;
    const now = performance.now();
    const since = this.stalled.get(connection) ?? now;
    this.stalled.set(connection, since);
    const bytes = bytesOf(connection);
    if (bytes > BACKLOG_BYTES) this.cut(connection, 'bytes', bytes);
    else if (now - since > STALL_LIMIT) this.cut(connection, 'stalled', bytes);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const connection of this.stalled.keys()) {
      if (connection.readyState !== 'open') this.stalled.delete(connection);
    }
    const { clients } = this.engine as unknown as { clients: Record<string, Connection> };
    for (const connection of Object.values(clients)) this.watch(connection);
  }

  private cut(connection: Connection, reason: CutReason, bytes: number): void {
    this.stalled.delete(connection);
    this.onCut(reason, bytes);
    const socket = webSocketOf(connection);
    // At once: a close in order would wait for what waits.
    connection.close(true);
    socket?.close(TRY_AGAIN_LATER, `slow client: ${reason}`);
    socket?.terminate();
  }
}

interface WebSocket {
  /** Bytes that it was given and the system has not taken. */
  readonly bufferedAmount: number;
  close(code: number, reason: string): void;
  terminate(): void;
}

interface Packet {
  readonly data?: unknown;
  /** A frame that is ready, the same buffers for all recipients. */
  readonly options?: { readonly wsPreEncodedFrame?: readonly Buffer[] };
}

const writeBufferOf = (connection: Connection): Packet[] =>
  (connection as unknown as { writeBuffer: Packet[] }).writeBuffer;

const webSocketOf = ({ transport }: Connection): WebSocket | undefined =>
  'socket' in transport ? (transport.socket as WebSocket) : undefined;

function bytesOf(connection: Connection): number {
  const waiting = writeBufferOf(connection).reduce((sum, packet) => sum + sizeOf(packet), 0);
  return waiting + (webSocketOf(connection)?.bufferedAmount ?? 0);
}

function sizeOf({ data, options }: Packet): number {
  const frame = options?.wsPreEncodedFrame;
  if (frame) return frame.reduce((sum, { length }) => sum + length, 0);
  return typeof data === 'string' ? Buffer.byteLength(data) : 0;
}
