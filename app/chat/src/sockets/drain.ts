import type { ChatServer, ChatSocket } from './socket';

/** Connections a second that the other pods should have to take over. */
const RATE = 200;
/** Share of the time to drain in which connections are sent away; the rest is for what is under way. */
const SHARE = 0.7;

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
