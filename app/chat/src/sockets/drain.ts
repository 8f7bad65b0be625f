import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { ChatServer, ChatSocket } from './socket';

/** Connections a second that the other pods should have to take over. */
const RATE = 200;
/** Share of the time to drain in which connections are sent away; the rest is for what is under way. */
const SHARE = 0.7;
/** Milliseconds that a connection has for its end after the goodbye. */
const GOODBYE = 1_000;

/**
 * Sends every client away at a moment of its own, so that the other pods take them one after the other. The client is told the moment; the
 * connection is closed below Socket.IO, because a client that gets Socket.IO's own goodbye does not come back by itself.
 */
export async function sendAway(server: ChatServer, drainSeconds: number): Promise<void> {
  const sockets = [...server.of('/').sockets.values()];
  const longest = Math.min((sockets.length / RATE) * 1_000, drainSeconds * 1_000 * SHARE);
  await Promise.all(sockets.map((socket) => sendOneAway(socket, Math.round(Math.random() * longest))));
}

/** Resolves when the connection is closed, or was by its client. */
function sendOneAway(socket: ChatSocket, reconnectInMs: number): Promise<void> {
  socket.emit('drain', { reconnectInMs });
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.conn.close(), reconnectInMs);
    socket.once('disconnect', () => {
      clearTimeout(timer);
      resolve();
    });
    if (socket.disconnected) resolve();
  });
}

/**
 * Remembers what is open, for the end: clients that are gone answer no goodbye, and browsers open connections on which they never ask
 * anything. Node waits for both of them longer than the process may take for its end.
 * @returns what closes the server, and cuts whatever is still open a moment later.
 */
export function closeWith(http: HttpServer): (server: ChatServer) => Promise<void> {
  const open = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async (server) => {
    const cut = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, GOODBYE);
    await server.close();
    clearTimeout(cut);
  };
}
