import { EventEmitter } from 'node:events';
import { sendAway } from '../../../../app/chat/src/sockets/drain';
import type { ChatServer } from '../../../../app/chat/src/sockets/socket';
import { runChat } from '../../../support/chat';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

/** A client of a server that leaves. */
class Client extends EventEmitter {
  closed = 0;
  disconnected = false;
  readonly conn = {
    close: () => {
      this.closed += 1;
      super.emit('disconnect');
    },
  };

  constructor(private readonly told: number[]) {
    super();
  }

  override emit(name: string, { reconnectInMs }: { reconnectInMs: number }): boolean {
    return name === 'drain' && this.told.push(reconnectInMs) > 0;
  }

  /** Ends the connection itself. */
  leave(): void {
    super.emit('disconnect');
  }
}

/** A server with so many clients, which writes down what they are told and whether they were closed. */
function serverWith(count: number) {
  const told: number[] = [];
  const clients = Array.from({ length: count }, () => new Client(told));
  const sockets = new Map(clients.map((client, at) => [String(at), client]));
  const server = { of: () => ({ sockets }) } as unknown as ChatServer;
  return { server, told, clients, closedCount: () => clients.filter(({ closed }) => closed === 1).length };
}

describe('clients of a process that leaves', () => {
  it('are all told a moment of their own, and closed then', async () => {
    const { server, told, closedCount } = serverWith(1_000);
    await sendAway(server, 1);
    expect(told).toHaveLength(1_000);
    expect(closedCount()).toBe(1_000);
    expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...told)).toBeLessThanOrEqual(700);
    expect(new Set(told).size).toBeGreaterThan(300);
  });

  it('who are few go soon, however long the drain may take', async () => {
    const { server, told } = serverWith(4);
    await sendAway(server, 600);
    expect(Math.max(...told)).toBeLessThanOrEqual(20);
  });

  it('are not waited for when they have gone by themselves', async () => {
    const { server, clients } = serverWith(1_000);
    const away = sendAway(server, 600);
    for (const client of clients) client.leave();
    await away;
    expect(clients.some(({ closed }) => closed > 0)).toBe(false);
  });

  it('are closed below Socket.IO, so that they come back by themselves', async () => {
    const chat = await runChat();
    const connection = await (await chat.register()).connect();
    await chat.end();
    await until(() => connection.ended !== undefined);
    expect(connection.told('drain')).toEqual([{ reconnectInMs: expect.any(Number) }]);
    expect(connection.ended).toBe('transport close');
  });
});
