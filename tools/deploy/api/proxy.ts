import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '../../parse/parse';
import { startGuarded } from '../guarded';
import { kubectlWords, type Target } from '../target';

/** A door to the API server: a Unix socket that only this user may open. */
export interface Proxy {
  readonly socket: string;
  close(): void;
}

/**
 * Starts `kubectl proxy` on a socket in a folder of its own. kubectl knows every way to sign in that a kubeconfig
 * can name (certificates, tokens, plug-ins of clouds), so that none of it is written a second time.
 * @throws Refused with what kubectl said where it does not start.
 */
export async function openProxy(target: Target): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-api-'));
  const socket = join(folder, 'socket');
  const words = [...kubectlWords(target), 'proxy', '--unix-socket', socket];
  const child = startGuarded('kubectl', words, { buffer: false });
  const close = () => {
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said += text;
  });
  const served = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: Buffer) => {
      said += text;
      if (said.includes('Starting to serve')) resolve();
    });
  });
  const ended = await Promise.race([served, child]);
  if (ended) {
    close();
    throw new Refused([explainNoProxy(ended, said)]);
  }
  // The command must be able to end while the proxy still runs.
  child.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as unknown as { unref(): void } | null)?.unref();
  return { socket, close };
}

function explainNoProxy({ code, exitCode }: { code?: string; exitCode?: number }, said: string): string {
  if (code === 'ENOENT') return 'kubectl: not found; expected kubectl in the PATH, one minor at most from the cluster';
  return `kubectl proxy: ended with code ${exitCode}; expected it to serve. Is the kubeconfig right? It said: ${said.trim()}`;
}
