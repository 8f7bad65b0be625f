/** The balancer of compose.yaml: its configuration, run by a real HAProxy (Debian's, older than the image's). */
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { Server as Sockets } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { freePort } from '../../../support/port';
import { Server } from '../../../support/server';

const file = join(__dirname, '../../../../app/chat/compose/haproxy.cfg');

jest.setTimeout(60_000);

/** A stand-in for a replica: it says who it is, and when it is asked whether it is ready. */
class Replica {
  ready = true;
  forwardedFor: string | undefined;
  private readonly asked: (() => void)[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: HttpServer;

  constructor(readonly name: string) {
    this.server = createServer((incoming, response) => {
      if (incoming.url === '/ready') {
        for (const resolve of this.asked.splice(0)) resolve();
        return response.writeHead(this.ready ? 200 : 503).end();
      }
      this.forwardedFor = String(incoming.headers['x-forwarded-for']);
      return response.end(name);
    });
    this.server.on('connection', (socket) => this.sockets.add(socket));
    new Sockets(this.server).on('connection', (socket) => socket.on('who', (answer) => answer(name)));
  }

  async start(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
    return `127.0.0.1:${address.port}`;
  }

  /** Resolves when the balancer asks the next time: by then it has read every answer before. */
  nextCheck(): Promise<void> {
    return new Promise((resolve) => this.asked.push(resolve));
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

describe('the balancer', () => {
  let first: Replica;
  let second: Replica;
  let balancer: Server;

  beforeEach(async () => {
    [first, second] = [new Replica('first'), new Replica('second')];
    const port = await freePort();
    const [CHAT_1, CHAT_2] = [await first.start(), await second.start()];
    Object.assign(process.env, { LISTEN: `127.0.0.1:${port}`, CHAT_1, CHAT_2 });
    balancer = await Server.start(port, () => ({
      file: 'haproxy',
      args: ['-W', '-db', '-f', file],
      ready: 'Loading success',
    }));
  });
  afterEach(async () => {
    await balancer.remove();
    first.stop();
    second.stop();
  });

  const ask = async (headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${balancer.port}/`, { headers });
    return { by: await answer.text(), cookie: answer.headers.get('set-cookie') };
  };
  const askFour = async () => [await ask(), await ask(), await ask(), await ask()].map(({ by }) => by);

  it('gives every request to the next replica, and no cookie that would hold anybody to one', async () => {
    const answers = [await ask(), await ask({ cookie: 'chat=a' }), await ask({ cookie: 'chat=a' }), await ask()];
    expect(answers.map(({ by }) => by)).toEqual(['first', 'second', 'first', 'second']);
    expect(answers.map(({ cookie }) => cookie)).toEqual([null, null, null, null]);
  });

  it('adds the caller behind whatever the caller claims to be', async () => {
    await ask({ 'x-forwarded-for': '192.0.2.1' });
    expect(first.forwardedFor).toMatch(/^192\.0\.2\.1, ?127\.0\.0\.1$/);
  });

  it('sends nobody to a replica that is about to leave', async () => {
    second.ready = false;
    for (const _ of ['refused once', 'refused twice', 'and known to be']) await second.nextCheck();
    expect(await askFour()).toEqual(['first', 'first', 'first', 'first']);
  });

  it('asks the other replica where one is gone, before it would know of that by its checks', async () => {
    second.stop();
    const checks = (async () => {
      for (const _ of ['one', 'two', 'three']) await first.nextCheck();
      return 'three checks later';
    })();
    expect(await Promise.race([askFour(), checks])).toEqual(['first', 'first', 'first', 'first']);
  });

  it('carries websockets, and takes them to the next replica as well', async () => {
    const who = async () => {
      const socket = connect(`http://127.0.0.1:${balancer.port}`, { transports: ['websocket'], forceNew: true });
      return socket.emitWithAck('who').finally(() => socket.close());
    };
    expect([await who(), await who()]).toEqual(['first', 'second']);
  });
});
