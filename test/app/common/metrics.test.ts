import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge } from 'prom-client';
import { createRegistry, serveMetrics } from '../../../app/common/src/metrics';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  if (server?.listening) await once(server.close(), 'close');
});

async function serve() {
  const registry = createRegistry();
  new Gauge({ name: 'own', help: 'Own.', registers: [registry] }).set(7);
  server = await serveMetrics(registry, '127.0.0.1', 0);
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { port, ask };
}

describe('metrics', () => {
  it('are Node’s own and the service’s, in Prometheus’s format', async () => {
    const { ask } = await serve();
    const answer = await ask('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain; version=');
    const text = await answer.text();
    expect(text).toContain('own 7\n');
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
    ]) {
      expect(text).toContain(`# TYPE ${name} gauge`);
    }
  });

  it('are the only thing on their port', async () => {
    const { ask } = await serve();
    for (const path of ['/', '/metrics/', '/metrics?all', '/health'])
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    expect((await ask('/metrics', 'POST')).status).toBe(404);
  });

  it('say so when their port is taken', async () => {
    const { port } = await serve();
    await expect(serveMetrics(createRegistry(), '127.0.0.1', port)).rejects.toThrow('EADDRINUSE');
  });
});
