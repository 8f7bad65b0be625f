import { connect, createServer, type Server, type Socket } from 'node:net';

/** The network between a client and the API server: whole, or cut. */
export interface Relay {
  /** Breaks every connection and answers none until it is mended: packets get lost, nothing is refused. */
  cut(): void;
  mend(): void;
  /** Connections that are open now. */
  readonly open: number;
  close(): Promise<void>;
}

/**
 * Passes bytes on, as a balancer in front of the API servers does.
 * @param from where clients connect; all of them lead to the same place.
 */
export async function startRelay(
  from: readonly { readonly host: string; readonly port: number }[],
  to: { readonly host: string; readonly port: number },
): Promise<Relay> {
  const sockets = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const serve = (client: Socket) => {
    keep(client);
    // Nobody answers: the client waits, as it does where a cable is out.
    if (!whole) return;
    const server = keep(connect(to));
    client.pipe(server).pipe(client);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  };
  const servers: Server[] = [];
  for (const { host, port } of from) {
    const server = createServer(serve);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    servers.push(server);
  }
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    cut: () => {
      whole = false;
      // What is open stays open and silent.
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend: () => {
      whole = true;
      breakAll();
    },
    get open() {
      return sockets.size;
    },
    close: async () => {
      breakAll();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
