import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Milliseconds that a connection has for its end after the server's goodbye. */
const GOODBYE = 1_000;

/**
 * Remembers what is open, for the end: clients that are gone answer no goodbye, and browsers open connections on which they never ask
 * anything. Node waits for both of them longer than a process may take for its end.
 * @returns what closes the server, and cuts whatever is still open a moment later.
 */
export function closeWith(server: Server): (close: () => Promise<unknown>) => Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async (close) => {
    const cut = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, GOODBYE);
    try {
      await close();
    } finally {
      clearTimeout(cut);
    }
  };
}
