/** Real clients that stop reading, on a real connection. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { BACKLOG_BYTES, Backlog, type CutReason } from '../../../../app/chat/src/fanout/backlog';
import { RawSocket } from '../../../support/raw-socket';
import { until } from '../../../support/until';

jest.setTimeout(60_000);
const TEXT = 'x'.repeat(50_000);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function serve() {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket', 'polling'] });
  const cuts: { reason: CutReason; bytes: number }[] = [];
  const backlog = new Backlog(io.engine, (reason, bytes) => cuts.push({ reason, bytes }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  cleanups.push(
    () => backlog.close(),
    () => io.close(),
  );
  const waiting = ({ conn }: Socket) => (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;

  /** A client that has connected; it reads. */
  const enter = async () => {
    const connected = new Promise<Socket>((resolve) => io.once('connection', resolve));
    const client = await RawSocket.open(url, {});
    // Who reads nothing would never answer the server's goodbye.
    cleanups.unshift(() => client.socket.destroy());
    client.send('40');
    return { client, socket: await connected };
  };
  /** Sends until the network takes no more. */
  const fill = async (socket: Socket) => {
    while (waiting(socket) === 0) {
      socket.emit('text', TEXT);
      await new Promise(setImmediate);
    }
  };
  return { io, url, backlog, cuts, enter, fill, waiting };
}

describe('a client that stops reading', () => {
  it('is cut when too much waits for it; what waited is freed, and others get everything', async () => {
    const { io, backlog, cuts, enter, fill, waiting } = await serve();
    const { client, socket } = await enter();
    const other = await enter();
    client.socket.pause();
    await fill(socket);
    for (let sent = 0; cuts.length === 0 && sent < 200; sent += 1) {
      io.emit('text', TEXT);
      backlog.watch(socket.conn);
      backlog.watch(other.socket.conn);
      await new Promise(setImmediate);
    }
    expect(cuts).toEqual([{ reason: 'bytes', bytes: expect.any(Number) }]);
    expect(cuts[0]?.bytes).toBeGreaterThan(BACKLOG_BYTES);
    expect(cuts[0]?.bytes).toBeLessThan(BACKLOG_BYTES + 2 * TEXT.length);
    expect(waiting(socket)).toBe(0);
    await until(() => io.engine.clientsCount === 1);
    io.emit('text', 'last');
    await until(() => other.client.texts.includes('42["text","last"]'));
    client.socket.resume();
    await until(() => client.closed);
  });

  it('is cut when it takes nothing for too long, though little waits and nobody sends', async () => {
    const { io, cuts, enter, fill } = await serve();
    const { client, socket } = await enter();
    client.socket.pause();
    await fill(socket);
    await until(() => cuts.length > 0);
    expect(cuts).toEqual([{ reason: 'stalled', bytes: expect.any(Number) }]);
    expect(cuts[0]?.bytes).toBeLessThan(BACKLOG_BYTES);
    await until(() => io.engine.clientsCount === 0);
  });

  it('by polling is cut as well', async () => {
    const { io, url, cuts } = await serve();
    const path = '/socket.io/?EIO=4&transport=polling';
    const opened = await (await fetch(url + path)).text();
    const { sid } = JSON.parse(opened.slice(1));
    const connected = new Promise<Socket>((resolve) => io.once('connection', resolve));
    await fetch(`${url}${path}&sid=${sid}`, { method: 'POST', body: '40' });
    (await connected).emit('text', 'never fetched');
    await until(() => cuts.length > 0);
    expect(cuts[0]?.reason).toBe('stalled');
    expect(io.engine.clientsCount).toBe(0);
  });
});

describe('a client that is slow', () => {
  it('gets everything and stays where it reads on before its time', async () => {
    const { cuts, enter, fill, waiting } = await serve();
    const { client, socket } = await enter();
    for (let pause = 0; pause < 3; pause += 1) {
      client.socket.pause();
      await fill(socket);
      client.socket.resume();
      await until(() => waiting(socket) === 0);
    }
    socket.emit('text', 'last');
    await until(() => client.texts.includes('42["text","last"]'));
    expect(cuts).toEqual([]);
  });

  it('who has nothing waiting is never looked at twice', async () => {
    const { backlog, cuts, enter } = await serve();
    const { socket } = await enter();
    const now = jest.spyOn(performance, 'now');
    backlog.watch(socket.conn);
    now.mockReturnValue(performance.now() + 3_600_000);
    backlog.watch(socket.conn);
    now.mockRestore();
    expect(cuts).toEqual([]);
  });

  it('is not cut for an old pause: its time begins anew', async () => {
    const { backlog, cuts, enter, fill, waiting } = await serve();
    const { client, socket } = await enter();
    client.socket.pause();
    await fill(socket);
    backlog.watch(socket.conn);
    client.socket.resume();
    await until(() => waiting(socket) === 0);
    client.socket.pause();
    const later = performance.now() + 3_600_000;
    await fill(socket);
    const now = jest.spyOn(performance, 'now').mockReturnValue(later);
    backlog.watch(socket.conn);
    now.mockRestore();
    expect(cuts).toEqual([]);
  });
});
