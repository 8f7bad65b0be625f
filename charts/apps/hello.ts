import { webApp } from '../lib/web-app';

const PORT = 5000;

/** The smallest application: answers `/`, `/health` and `/ready`. */
export const hello = webApp('hello', {}, () => ({
  port: PORT,
  probes: { alive: '/health', ready: '/ready' },
  scale: { replicas: 3 },
  rollout: { maxSurge: 1, maxUnavailable: 1 },
  resources: { cpu: ['100m', '200m'], memory: ['128Mi', '256Mi'] },
  settings: { PORT: String(PORT) },
}));
