import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { haproxy } from '../../../cluster/render/haproxy';
import { keepalived } from '../../../cluster/render/keepalived';
import type { Cluster } from '../../../cluster/spec';
import { lab } from '../../../cluster/specs/lab';
import { pairOverIpv6, selfBalanced } from '../../support/balancers';
import { verifyBalancers } from './balancers';

// Each starts real programs, a dozen of them.
jest.setTimeout(60_000);

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'slipway-verify-balancers-'));
});
afterEach(() => rmSync(dist, { recursive: true }));

function write(cluster: Cluster, change: (text: string) => string = (text) => text): void {
  for (const { path, content } of [...haproxy(cluster), ...keepalived(cluster)]) {
    const file = join(dist, 'cluster', cluster.name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, change(content));
  }
}

describe('the programs that read what is rendered for balancers', () => {
  it.each([
    ['a pair', lab],
    ['control planes that balance themselves', selfBalanced()],
    ['machines with addresses of IPv6', pairOverIpv6()],
  ])('have nothing against the files of %s', async (_, cluster) => {
    write(cluster);
    await expect(verifyBalancers(dist)).resolves.toBeUndefined();
  });

  it.each([
    ['haproxy.cfg', 'balance leastconn', 'balance leastcon', 'balance only supports'],
    ['keepalived.conf', 'state BACKUP', 'state BACKUP\n    weigth 3', "Unknown keyword 'weigth'"],
  ])('find what is wrong in a %s', async (name, from, to, expected) => {
    write(lab, (text) => text.replace(from, to));
    await expect(verifyBalancers(dist)).rejects.toThrow(new RegExp(`/etc/.*${name}: (.*\\n)*.*${expected}`));
  });

  it('are not believed where they find nothing', async () => {
    write(lab);
    const path = process.env.PATH;
    writeFileSync(join(dist, 'haproxy'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    try {
      process.env.PATH = `${dist}:${path}`;
      await expect(verifyBalancers(dist)).rejects.toThrow('`option redipsatch` is taken for `option redispatch`');
    } finally {
      process.env.PATH = path;
    }
  });

  it('can be tested only by files that hold what a planted fault replaces', async () => {
    write(lab, (text) => text.replace('    option redispatch 1\n', ''));
    await expect(verifyBalancers(dist)).rejects.toThrow('haproxy.cfg: does not hold `option redispatch`');
  });

  it('have to have something to read', async () => {
    await expect(verifyBalancers(dist)).rejects.toThrow(
      `${dist}: holds no haproxy.cfg\n${dist}: holds no keepalived.conf`,
    );
  });
});
