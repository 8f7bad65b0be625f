import type { Rule } from '../../rule';
import { checkOf } from '../check';
import { backendsOf, type Haproxy } from '../config';

export const readiness: Rule<Haproxy> = {
  id: 'haproxy/readiness',
  severity: 'note',
  why: 'An API server that shuts down, or that has not started yet, is alive and not ready: only /readyz says so, and early enough (--shutdown-delay-duration).',
  fix: 'Ask /readyz. It is open to everybody by the cluster role system:public-info-viewer.',
  *find(config) {
    for (const backend of backendsOf(config)) {
      const { path, line } = checkOf(backend);
      if (path && /^\/(livez|healthz)\b/.test(path)) yield { line, what: `${backend.name} is asked for ${path}` };
    }
  },
};
