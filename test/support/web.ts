import { webApp } from '../../charts/lib/web-app';
import type { WebApp } from '../../charts/lib/web-app-props';

/** A web application of the test's own making, with as little as it takes. */
export const sampleApp = (name: string, fields: Partial<WebApp> = {}) =>
  webApp(name, {}, () => ({
    port: 8080,
    probes: { alive: '/health', ready: '/ready' },
    scale: { replicas: 2 },
    resources: { cpu: ['100m', '100m'], memory: ['128Mi', '128Mi'] },
    ...fields,
  }));
