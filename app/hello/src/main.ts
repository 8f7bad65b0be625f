import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeWith } from '@slipway/common/connections';
import { createHttp } from '@slipway/common/http';
import { createRegistry, serveMetrics } from '@slipway/common/metrics';
import { Readiness } from '@slipway/common/readiness';
import { runService, serviceSettings } from '@slipway/common/service';
import type { Step } from '@slipway/common/shutdown';

/** The smallest service: answers `/`, `/health` and `/ready`. */
void runService({
  name: 'hello',
  table: serviceSettings,
  start: async (settings, log) => {
    const { HOST, PORT, METRICS_PORT, PROXY_HOPS, SHUTDOWN_DELAY_SECONDS } = settings;
    const readiness = new Readiness([]);
    const http = await createHttp({ log, readiness, proxyHops: PROXY_HOPS });
    const close = closeWith(http.server);
    http.get('/', async () => 'Hello\n');
    const steps: Step[] = [
      { name: 'readiness', run: () => readiness.drain() },
      { name: 'delay', run: () => sleep(SHUTDOWN_DELAY_SECONDS * 1_000) },
      { name: 'http', run: () => close(() => http.close()) },
    ];
    if (METRICS_PORT !== undefined) {
      const metrics = await serveMetrics(createRegistry(), HOST, METRICS_PORT);
      steps.push({ name: 'metrics', run: () => once(metrics.close(), 'close') });
    }
    await readiness.start();
    await http.listen({ host: HOST, port: PORT });
    return steps;
  },
});
