import type { Server as HttpServer } from 'node:http';
import type { Logger } from '@slipway/common/http';
import { Server } from 'socket.io';
import { Backlog } from '../fanout/backlog';
import type { Delivery } from '../fanout/feeds';
import type { Metrics } from '../metrics';
import { showRoom } from '../rooms/membership';
import { serve } from './connection';
import type { Door } from './door';
import {
  accountChannel,
  type ChatServer,
  type ChatSocket,
  roomChannel,
  type SocketContext,
  sessionChannel,
} from './socket';

/** Milliseconds between two looks whether the sessions of open connections still exist. */
const SESSION_PERIOD = 60_000;

/** Socket.IO on an HTTP server. WebSocket needs no sticky balancer, so it comes first; polling is for networks without it. */
export function createSocketServer(http: HttpServer, door: Door): ChatServer {
  // Node stops listening for errors of a connection that asks for an upgrade: one that is reset before its answer would end the process.
  http.on('upgrade', (_, socket) => socket.on('error', () => socket.destroy()));
  return new Server(http, {
    transports: ['websocket', 'polling'],
    allowRequest: door.allowRequest,
    serveClient: false,
    // One message of 4000 characters in UTF-8 and its frame.
    maxHttpBufferSize: 17_000,
    // Costs three times the CPU and 60 KiB a connection, for text that is short already.
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: 10_000,
    pingInterval: 15_000,
    pingTimeout: 10_000,
  });
}

/** How feeds reach this pod's own clients. */
export function deliverTo(server: ChatServer, metrics: Metrics, log: Logger): Delivery & { close(): void } {
  let most = 0;
  const backlog = new Backlog(server.engine, (reason, bytes) => {
    most = Math.max(most, bytes);
    metrics.cuts.inc({ reason });
    metrics.cutBytes.set(most);
    log.info({ reason, bytes }, 'cut a client that takes nothing');
  });
  const { adapter, sockets } = server.of('/');
  return {
    messages: (batch) => {
      const channel = roomChannel(batch.room);
      const recipients = adapter.rooms.get(channel);
      if (recipients === undefined) return;
      metrics.batches.observe(batch.messages.length);
      metrics.deliveries.inc(recipients.size * batch.messages.length);
      server.local.to(channel).emit('messages', batch);
      for (const id of recipients) {
        const connection = sockets.get(id)?.conn;
        if (connection) backlog.watch(connection);
      }
    },
    typing: (room, account) =>
      server.local.volatile.to(roomChannel(room)).except(accountChannel(account.id)).emit('typing', { room, account }),
    failed: (error) => log.warn({ err: error }, 'a room could not be read; it is tried again'),
    close: () => backlog.close(),
  };
}

/** Opens the doors. @returns how to stop looking after sessions. */
export function serveSockets(server: ChatServer, door: Door, context: SocketContext, most: number): () => void {
  const { chat, log, onError } = context;
  server.use((socket, next) => {
    const session = door.take(socket.request);
    if (session === undefined) return next(new Error('not logged in'));
    socket.data = { account: session.account, session: session.key, rooms: new Set() };
    return next();
  });
  server.on('connection', (socket) => {
    makeRoomFor(server, socket, most);
    serve(socket, context);
    // Engine.IO keeps the first request of every connection; nobody needs it any more.
    // Set, not deleted: an object without one of its fields takes 2 KiB more.
    (socket.conn as { request: unknown }).request = null;
  });

  chat.notices.on('session-ended', (key) => server.local.in(sessionChannel(key)).disconnectSockets(true));
  chat.notices.on('room-new', (account, room) => void announce(account, room).catch(onError));
  const announce = async (account: string, room: string): Promise<void> => {
    const [socket] = await server.local.in(accountChannel(account)).fetchSockets();
    if (socket === undefined) return;
    const shown = await showRoom(chat.store, room, socket.data.account);
    server.local.to(accountChannel(account)).emit('room:new', shown);
  };

  const endDead = async (): Promise<void> => {
    const keys = [...new Set([...server.of('/').sockets.values()].map(({ data }) => data.session))];
    const living = await chat.sessions.living(keys);
    const dead = keys.filter((key) => !living.has(key));
    if (dead.length > 0) log.info({ sessions: dead.length }, 'sessions have ended');
    for (const key of dead) server.local.in(sessionChannel(key)).disconnectSockets(true);
  };
  const timer = setInterval(() => void endDead().catch(onError), SESSION_PERIOD);
  timer.unref();
  return () => clearInterval(timer);
}

/** A page that is reloaded leaves connections behind that are not yet known to be dead: the oldest gives way, not the new one. */
function makeRoomFor(server: ChatServer, { data }: ChatSocket, most: number): void {
  const ids = server.of('/').adapter.rooms.get(accountChannel(data.account.id));
  if (ids === undefined || ids.size < most) return;
  const [oldest] = ids;
  if (oldest !== undefined) server.of('/').sockets.get(oldest)?.conn.close();
}
