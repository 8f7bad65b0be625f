import type { Rule } from '../../rule';
import { type Haproxy, lineWith } from '../config';

export const openStats: Rule<Haproxy> = {
  id: 'haproxy/open-stats',
  severity: 'note',
  why: 'Statistics name every server and its state, to everybody who reaches this machine.',
  fix: 'Bind them to 127.0.0.1, or to the address of the network of administrators.',
  *find({ proxies }) {
    for (const proxy of proxies) {
      const stats = lineWith(proxy, 'stats', 'enable') ?? lineWith(proxy, 'stats', 'uri');
      if (!stats) continue;
      for (const { line, words } of proxy.directives) {
        if (words[0] === 'bind' && /^(\*|0\.0\.0\.0|::|\[::\])?:\d+$/.test(words[1] ?? '')) {
          yield { line, what: `${proxy.name} shows its statistics on all addresses: bind ${words[1]}` };
        }
      }
    }
  },
};
