import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What an operator wants to know of a chat. */
export function createMetrics(register: Registry) {
  const registers = [register];
  return {
    connections: new Gauge({ name: 'chat_connections', help: 'Open connections.', registers }),
    rooms: new Gauge({ name: 'chat_rooms', help: 'Rooms with clients here.', registers }),
    online: new Gauge({ name: 'chat_people_online', help: 'People online, over all pods.', registers }),
    ready: new Gauge({ name: 'chat_ready', help: '1 while requests should come here.', registers }),
    stored: new Counter({ name: 'chat_messages_stored_total', help: 'Messages that were acknowledged.', registers }),
    deliveries: new Counter({
      name: 'chat_deliveries_total',
      help: 'Messages handed to connections, one for each of them.',
      registers,
    }),
    batches: new Histogram({
      name: 'chat_batch_messages',
      help: 'Messages in one frame.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    cuts: new Counter({
      name: 'chat_slow_clients_cut_total',
      help: 'Connections that were cut because they took nothing.',
      labelNames: ['reason'],
      registers,
    }),
    cutBytes: new Gauge({
      name: 'chat_slow_client_bytes_max',
      help: 'Most bytes that waited for a connection when it was cut.',
      registers,
    }),
    resumes: new Counter({
      name: 'chat_resumes_total',
      help: 'Rooms entered again: without a hole, or to be loaded anew.',
      labelNames: ['outcome'],
      registers,
    }),
    refused: new Counter({
      name: 'chat_refused_total',
      help: 'Requests refused, by code.',
      labelNames: ['code'],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
