import type { OutboxEntry } from '../../../../app/chat/src/client/outbox';
import type { Message } from '../../../../app/chat/src/events';
import { startClient, startRoomServer, until } from './room-server';

describe('a chat client', () => {
  it('shows what is said, and what was said before it came', async () => {
    const { url, say } = await startRoomServer();
    say('before');
    const { client, shown } = startClient(url);
    await until(() => shown.length === 1);
    say('live');
    await until(() => shown.length === 2);
    expect(shown).toEqual(['before', 'live']);
    expect(client.position('r')).toEqual({ seq: 2, epoch: 'a' });
  });

  it('shows what was said while its connection was cut, having asked from where it stood', async () => {
    const { url, say, cut, room } = await startRoomServer();
    const { client, shown, states } = startClient(url);
    await until(() => room.joins.length === 1);
    say('1');
    await until(() => shown.length === 1);
    cut();
    await until(() => client.state === 'offline');
    say('missed');
    await until(() => shown.length === 2);
    expect(shown).toEqual(['1', 'missed']);
    expect(room.joins.at(-1)).toEqual({ room: 'r', after: 1, epoch: 'a' });
    expect(states).toEqual(['online', 'offline', 'online']);
  });

  it('loads a room anew when the store has lost messages', async () => {
    const { url, say, room } = await startRoomServer();
    const { shown } = startClient(url);
    await until(() => room.joins.length === 1);
    say('lost');
    await until(() => shown.length === 1);
    Object.assign(room, { epoch: 'b', log: [] });
    say('first');
    await until(() => shown.includes('first'));
    expect(shown).toEqual(['first']);
  });

  it('sends a message again, under its id, that was under way when the connection was cut', async () => {
    const { url, cut, room } = await startRoomServer();
    const { client, shown } = startClient(url);
    room.fates.push('lost');
    const id = client.send('r', 'hello');
    await until(() => room.sent.length === 1);
    cut();
    await until(() => room.joins.length === 2);
    // Answered after everything that the client said when it was back.
    await client.socket.emitWithAck('room:join', { room: 'r' });
    expect(room.sent).toEqual([id, id]);
    await until(() => shown.length === 1);
    expect(shown).toEqual(['hello']);
  });

  it('asks again about a room when the connection was cut before the answer', async () => {
    const { url, cut, room, say } = await startRoomServer();
    say('1');
    room.deaf = true;
    const { shown } = startClient(url);
    await until(() => room.joins.length === 1);
    room.deaf = false;
    cut();
    await until(() => shown.length === 1);
  });

  it('sends again what the store has acknowledged and lost', async () => {
    const { url, room, say } = await startRoomServer();
    const { client, shown } = startClient(url);
    room.fates.push(({ seq }, acknowledge) => {
      acknowledge({ data: { seq, at: 0, epoch: 'a' } });
      Object.assign(room, { epoch: 'b', log: [] });
      say('first of b');
    });
    const id = client.send('r', 'hello');
    await until(() => shown.length === 2);
    expect(shown).toEqual(['first of b', 'hello']);
    expect(room.sent).toEqual([id, id]);
  });

  it.each(['before', 'after'])(
    'does not wait for its message where the room went on without showing it: acknowledged %s that',
    async (when) => {
      const { url, room, publish } = await startRoomServer();
      let entries: readonly OutboxEntry[] = [];
      const { client, shown } = startClient(url, { outbox: (now) => (entries = now) });
      await until(() => room.joins.length === 1);
      room.fates.push(async ({ seq }, acknowledge) => {
        const data = { seq, at: 0, epoch: 'a' };
        if (when === 'before') acknowledge({ data });
        // Much was said in a moment: the room's newest messages are others by now.
        room.log = [{ seq: seq + 9, id: 'other', author: 'ben', name: 'Ben', text: 'later', at: 0 }];
        publish(room.log[0] as Message);
        await until(() => shown.length === 1);
        if (when === 'after') acknowledge({ data });
      });
      client.send('r', 'hello');
      await until(() => shown.length === 1 && entries.length === 0);
      expect(shown).toEqual(['later']);
    },
  );

  it('takes its message for sent when the room shows it, though the acknowledgement was lost', async () => {
    const { url, room } = await startRoomServer();
    let entries: readonly OutboxEntry[] = [];
    const { client, shown } = startClient(url, { outbox: (now) => (entries = now) });
    room.fates.push('answer lost');
    client.send('r', 'hello');
    expect(entries).toHaveLength(1);
    await until(() => entries.length === 0);
    expect(shown).toEqual(['hello']);
    expect(room.sent).toHaveLength(1);
  });

  it('waits and sends again where the server asks for patience', async () => {
    const { url, room } = await startRoomServer();
    const { client, shown } = startClient(url);
    room.fates.push({ code: 'too-many', message: 'slowly', retryAfterMs: 20 });
    const id = client.send('r', 'hello');
    await until(() => shown.length === 1);
    expect(room.sent).toEqual([id, id]);
  });

  it('asks the room for a stored message whose batch never came', async () => {
    const { url, room } = await startRoomServer();
    const { client, shown } = startClient(url);
    await until(() => room.joins.length === 1);
    room.fates.push('batch lost');
    client.send('r', 'hello');
    await until(() => shown.length === 1);
    expect(room.sent).toHaveLength(1);
    expect(room.joins).toHaveLength(2);
  });

  it('gives back what the server refuses for good, and sends it again when asked', async () => {
    const { url, room } = await startRoomServer();
    let entries: readonly OutboxEntry[] = [];
    const { client, shown } = startClient(url, { outbox: (now) => (entries = now) });
    room.fates.push({ code: 'invalid', message: 'too long' });
    const id = client.send('r', 'hello');
    await until(() => entries[0]?.state === 'failed');
    expect(entries[0]?.failure?.message).toBe('too long');
    client.retry(id);
    await until(() => shown.length === 1);
    expect(room.sent).toEqual([id, id]);
  });

  it('says so when a room does not let it in', async () => {
    const { url } = await startRoomServer();
    const left: string[] = [];
    const { client } = startClient(url, { left: (room, { code }) => left.push(`${room} ${code}`) });
    client.join('foreign');
    await until(() => left.length === 1);
    expect(left).toEqual(['foreign forbidden']);
    expect(() => client.send('foreign', 'hello')).toThrow('room foreign is not followed');
  });

  it('tries nothing more when the server ends its session, until it is told to', async () => {
    const { url, io } = await startRoomServer();
    const { client } = startClient(url);
    await until(() => client.state === 'online');
    io.disconnectSockets();
    await until(() => client.state === 'refused');
    expect(client.socket.active).toBe(false);
    client.connect();
    await until(() => client.state === 'online');
  });

  it('tries nothing more when the server does not know its login', async () => {
    const { url } = await startRoomServer({ allowRequest: (_, decide) => decide('who are you?', false) });
    const { client } = startClient(url);
    await until(() => client.state === 'refused');
    expect(client.socket.active).toBe(false);
  });

  it('takes polling where websockets do not get through', async () => {
    const { url, say, room } = await startRoomServer({ transports: ['polling'] });
    const { shown } = startClient(url);
    await until(() => room.joins.length === 1);
    say('hello');
    await until(() => shown.length === 1);
  });

  it('is back sooner after a server that said when it leaves, that once', async () => {
    const { url, io, cut } = await startRoomServer();
    const { client } = startClient(url);
    await until(() => client.state === 'online');
    const usual = client.socket.io.reconnectionDelay();
    io.emit('drain', { reconnectInMs: 0 });
    await until(() => client.socket.io.reconnectionDelay() !== usual);
    expect(client.socket.io.reconnectionDelay()).toBeLessThan(50);
    cut();
    await until(() => client.state === 'offline');
    await until(() => client.state === 'online');
    expect(client.socket.io.reconnectionDelay()).toBe(usual);
  });
});
