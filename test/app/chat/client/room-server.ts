import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type ServerOptions } from 'socket.io';
import { ChatClient } from '../../../../app/chat/src/client/client';
import type { ChatListener } from '../../../../app/chat/src/client/listener';
import type { ClientEvents, Failure, Message, ServerEvents } from '../../../../app/chat/src/events';

const cleanups: (() => unknown)[] = [];
let test = 0;
afterEach(async () => {
  test += 1;
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

type Acknowledge = Parameters<ClientEvents['message:send']>[1];
type Fate =
  | 'works'
  | 'lost'
  | 'answer lost'
  | 'batch lost'
  | Failure
  | ((message: Message, acknowledge: Acknowledge) => void);

/** A chat server with room `r` and as little else as a client can be tested with: what it does to the next message is told to it. */
export async function startRoomServer(options: Partial<ServerOptions> = {}) {
  const http = createServer();
  const io = new Server<ClientEvents, ServerEvents>(http, options);
  const room = {
    epoch: 'a',
    log: [] as Message[],
    joins: [] as object[],
    sent: [] as string[],
    fates: [] as Fate[],
    deaf: false,
  };
  const last = () => room.log.at(-1)?.seq ?? 0;

  const store = (id: string, text: string): Message => {
    const known = room.log.find((one) => one.id === id);
    if (known) return known;
    const message = { seq: last() + 1, id, author: 'ana', name: 'Ana', text, at: 0 };
    room.log.push(message);
    return message;
  };
  const publish = (message: Message) => io.emit('messages', { room: 'r', epoch: room.epoch, messages: [message] });

  io.on('connection', (socket) => {
    socket.on('room:join', (body, acknowledge) => {
      room.joins.push(body);
      if (room.deaf) return;
      if (body.room !== 'r') return acknowledge({ error: { code: 'forbidden', message: 'not yours' } });
      const first = room.log[0]?.seq ?? 1;
      const resumed = body.epoch === room.epoch && (body.after ?? 0) + 1 >= first;
      const messages = room.log.filter(({ seq }) => !resumed || seq > (body.after ?? 0));
      acknowledge({ data: { room: 'r', epoch: room.epoch, messages, head: last(), resumed } });
    });
    socket.on('message:send', ({ id, text }, acknowledge) => {
      room.sent.push(id);
      const fate = room.fates.shift() ?? 'works';
      if (typeof fate === 'object') return acknowledge({ error: fate });
      if (fate === 'lost') return;
      const message = store(id, text);
      if (typeof fate === 'function') return fate(message, acknowledge);
      if (fate !== 'batch lost') publish(message);
      if (fate !== 'answer lost') acknowledge({ data: { seq: message.seq, at: message.at, epoch: room.epoch } });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => io.close());
  return {
    io,
    room,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    publish,
    /** Somebody else's message; nobody hears of it who is not connected. */
    say: (id: string) => publish(store(id, id)),
    /** Cuts every connection, as a network does. */
    cut: () => {
      for (const socket of io.sockets.sockets.values()) socket.conn.close();
    },
  };
}

/** A client that follows room `r` from its beginning and writes down what a page would show. */
export function startClient(url: string, listener: ChatListener = {}) {
  const shown: string[] = [];
  const states: string[] = [];
  const client = new ChatClient({
    url,
    listener: {
      messages: (_, messages) => shown.push(...messages.map(({ text }) => text)),
      reload: (_, messages) => shown.splice(0, shown.length, ...messages.map(({ text }) => text)),
      connection: (state) => states.push(state),
      ...listener,
    },
  });
  cleanups.push(() => client.close());
  client.join('r', { seq: 0, epoch: 'a' });
  return { client, shown, states };
}

/** Waits for a condition, no longer than the test's own limit. */
export async function until(condition: () => boolean): Promise<void> {
  const mine = test;
  while (!condition() && test === mine) await new Promise((resolve) => setTimeout(resolve, 5));
}
