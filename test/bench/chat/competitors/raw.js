/**
 * The least that can be called a chat, so a bound and not a rival: `ws`, Redis channels, and coalescing as ours does it. A quiet room's
 * message leaves at once and opens a window of 5 ms; what comes within a window leaves together at its end, in one frame that is
 * encoded once. It speaks no Socket.IO and acknowledges nothing; it has no login, no membership, no validation, no limits; it stores
 * and numbers nothing.
 */
const { randomUUID } = require('node:crypto');
const { createClient } = require('redis');
const { WebSocketServer } = require('ws');

/** Milliseconds. */
const WINDOW = 5;
/** By name. */
const rooms = new Map();

class Room {
  members = new Set();
  waiting = [];
  open = false;

  post(message) {
    this.waiting.push(message);
    if (!this.open) this.flush();
  }

  flush() {
    this.open = this.waiting.length > 0;
    if (!this.open) return;
    const frame = Buffer.from(`[${this.waiting.join(',')}]`);
    this.waiting = [];
    for (const member of this.members) member.send(frame, { binary: false });
    setTimeout(() => this.flush(), WINDOW);
  }
}

async function main() {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);

  async function openRoom(name) {
    const room = new Room();
    await subscriber.subscribe(name, (message) => room.post(message));
    return room;
  }

  const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) });
  server.on('connection', async (socket, request) => {
    const author = randomUUID();
    const name = new URL(request.url, 'http://localhost').searchParams.get('room');
    if (!rooms.has(name)) rooms.set(name, openRoom(name));
    const room = await rooms.get(name);
    room.members.add(socket);
    socket.on('close', () => room.members.delete(socket));
    socket.on('message', (data) => {
      const { id, text } = JSON.parse(data);
      publisher.publish(name, JSON.stringify({ id, text, name: author, at: Date.now() }));
    });
    socket.send('joined');
  });
}

main();
