import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../../../../tools/deploy/api/client';
import { ApiError, Unreachable } from '../../../../tools/deploy/api/error';

// What the wire does to the client; what an API server says is asked of a real one in test/e2e/api.
const folder = mkdtempSync(join(tmpdir(), 'slipway-client-'));
afterAll(() => rmSync(folder, { recursive: true }));
const open: { api: Api; server: Server }[] = [];
afterEach(async () => {
  for (const { api, server } of open.splice(0)) {
    api.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function answering(listener: RequestListener): Promise<Api> {
  const socket = join(folder, `socket-${Math.random()}`);
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(socket, listening));
  const api = new Api(socket);
  open.push({ api, server });
  return api;
}

const json =
  (code: number, body: object, headers: Record<string, string | string[]> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

describe('the client', () => {
  it('sends server-side apply with manager, strictly, and dry where asked', async () => {
    const asked: string[] = [];
    const api = await answering((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? ''}`);
      const resources = [
        { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
        { name: 'configmaps/status', kind: 'ConfigMap', namespaced: true },
      ];
      json(200, { resources })(request, response);
    });
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop', namespace: 'lab' } };
    await api.apply(manifest, { manager: 'helm', dryRun: true });
    expect(asked).toEqual([
      'GET /api/v1 ',
      'PATCH /api/v1/namespaces/lab/configmaps/shop?fieldManager=helm&force=false&fieldValidation=Strict&dryRun=All application/apply-patch+yaml',
    ]);
  });

  it('gives what the server warns of, unquoted', async () => {
    const api = await answering(json(200, {}, { warning: ['299 - "one, \\"two\\""', '299 - "three"'] }));
    expect((await api.ask('GET', '/')).warnings).toEqual(['one, "two"', 'three']);
  });

  it('puts kind and apiVersion back into the items of a list', async () => {
    const api = await answering(json(200, { kind: 'PodList', apiVersion: 'v1', items: [{ metadata: { name: 'a' } }] }));
    expect(await api.list('/api/v1/pods')).toEqual([{ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a' } }]);
  });

  it('gives the words and the code of a refusal', async () => {
    const api = await answering(json(403, { kind: 'Status', message: 'pods is forbidden', reason: 'Forbidden' }));
    const refusal = api.get('/api/v1/pods');
    await expect(refusal).rejects.toThrow('GET /api/v1/pods: pods is forbidden');
    await expect(refusal).rejects.toMatchObject({ code: 403, isMissing: false, isConflict: false });
  });

  it('finds nothing where there is nothing, and hides no other refusal', async () => {
    expect(await (await answering(json(404, {}))).find('/x')).toBeUndefined();
    await expect((await answering(json(409, {}))).find('/x')).rejects.toThrow(ApiError);
  });

  it.each<[string, RequestListener]>([
    ['answers nothing', (request) => request.socket.destroy()],
    [
      'breaks off',
      (_, response) => void response.writeHead(200, { 'content-length': '9' }).write('x', () => response.destroy()),
    ],
    [
      'is not reached by kubectl',
      (_, response) => response.writeHead(502, { 'content-type': 'text/plain' }).end('refused'),
    ],
  ])('says that the cluster does not answer where it %s', async (_, listener) => {
    await expect((await answering(listener)).get('/x')).rejects.toThrow(Unreachable);
  });

  it('does not wait for ever', async () => {
    const api = await answering(() => undefined);
    await expect(api.ask('GET', '/x', { patience: 20 })).rejects.toThrow(/does not answer \(nothing for 0.02 s\)/);
  });

  it('names a kind that the cluster does not know', async () => {
    const api = await answering(json(404, {}));
    const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'x' } };
    await expect(api.pathOf(certificate)).rejects.toThrow(/knows no kind Certificate of cert-manager.io\/v1/);
  });
});
