/**
 * A chat as Socket.IO's manual builds it: the server with its defaults and the Redis adapter.
 * It joins, broadcasts and acknowledges. It has no login, no membership, no validation, no limits; it stores and numbers nothing.
 */
const { createServer } = require('node:http');
const { createAdapter } = require('@socket.io/redis-adapter');
const { createClient } = require('redis');
const { Server } = require('socket.io');

async function main() {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  const http = createServer();
  const io = new Server(http, { adapter: createAdapter(publisher, subscriber) });
  io.on('connection', (socket) => {
    socket.on('join', ({ room }, acknowledge) => {
      socket.join(room);
      acknowledge({ data: null });
    });
    socket.on('message', (message, acknowledge) => {
      io.to(message.room).emit('message', { ...message, name: socket.id, at: Date.now() });
      acknowledge({ data: null });
    });
  });
  http.listen(Number(process.env.PORT), '127.0.0.1');
}

main();
