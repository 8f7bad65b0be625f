import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const lines = new Set<Line>();
if ('afterAll' in globalThis) afterAll(() => Promise.all([...lines].map((line) => line.close())));

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** Ports to try, the best one first. */
export type Route = () => readonly number[];

/** The next one first, every time, as a balancer without stickiness does. Lines share one. */
export function roundRobin(ports: readonly number[]): Route {
  let turn = 0;
  return () => {
    turn += 1;
    return ports.map((_, at) => ports[(turn + at) % ports.length] as number);
  };
}

/** The network between one client and the pods: TCP that can be cut, or fall silent without a word to either side. */
export class Line {
  /** Every socket of either side, until it is closed. */
  private readonly sockets = new Set<Socket>();
  private readonly pairs = new Set<Pair>();
  private readonly silent = new Set<Pair>();

  static async open(route: Route): Promise<Line> {
    const server = createServer({ noDelay: true });
    const line = new Line(server, route);
    lines.add(line);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  private constructor(
    private readonly server: Server,
    private readonly route: Route,
  ) {
    server.on('connection', (client) => {
      this.keep(client);
      void this.connect(client);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Both sides are told. */
  cut(): void {
    for (const { client, server } of this.pairs) {
      client.destroy();
      server.destroy();
    }
  }

  /** What is open carries nothing more and closes nothing, to neither side. New connections work. */
  silence(): void {
    for (const pair of this.pairs) {
      const { client, server } = pair;
      client.unpipe(server).pause();
      server.unpipe(client).pause();
      this.silent.add(pair);
    }
  }

  /** What was held up arrives late. */
  resume(): void {
    for (const { client, server } of this.silent) {
      if (!client.destroyed && !server.destroyed) join({ client, server });
      else for (const side of [client, server]) side.destroy();
    }
    this.silent.clear();
  }

  async close(): Promise<void> {
    lines.delete(this);
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async connect(client: Socket): Promise<void> {
    const server = await this.reach();
    if (server === undefined || client.destroyed || !this.server.listening) {
      client.destroy();
      server?.destroy();
      return;
    }
    const pair = { client, server };
    this.pairs.add(pair);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('close', () => {
        if (!this.silent.has(pair)) other.destroy();
        if (!other.destroyed) return;
        this.pairs.delete(pair);
        this.silent.delete(pair);
      });
    }
    join(pair);
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    return socket.on('close', () => this.sockets.delete(socket));
  }

  /** The first pod that takes a connection. */
  private async reach(): Promise<Socket | undefined> {
    for (const port of this.route()) {
      const server = this.keep(connect({ port, host: '127.0.0.1', noDelay: true }));
      const reached = await once(server, 'connect').then(
        () => true,
        () => false,
      );
      if (reached) return server;
      server.destroy();
    }
    return undefined;
  }
}

function join({ client, server }: Pair): void {
  client.pipe(server);
  server.pipe(client);
}
