import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { smoke } from '../../../../tools/deploy/rollout/smoke';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/ready`;
}

const answering = (...codes: number[]): RequestListener => {
  const left = [...codes];
  return (_, response) => response.writeHead(left.length > 1 ? (left.shift() ?? 0) : (left[0] ?? 0)).end('body');
};
const past = () => ({ deadline: Date.now() });
const soon = () => ({ deadline: Date.now() + 10_000 });

it('without an address there is nothing to ask', async () => {
  expect(await smoke([], past())).toEqual([]);
});

it.each([200, 204, 301, 302])('an address answers with %i', async (code) => {
  expect(await smoke([await serve(answering(code))], past())).toEqual([]);
});

it('an address is asked again until it answers', async () => {
  expect(await smoke([await serve(answering(503, 404, 200))], soon())).toEqual([]);
});

it('each address that does not answer by the deadline is a fault, with what it said last', async () => {
  const [well, ill] = [await serve(answering(200)), await serve(answering(503))];
  expect(await smoke([well, ill], past())).toEqual([`${ill}: answered 503 Service Unavailable; expected 2xx or 3xx`]);
});

it('an address where nobody listens is a fault that says so', async () => {
  const address = await serve(answering(200));
  for (const close of open.splice(0)) close();
  expect(await smoke([address], past())).toEqual([`${address}: did not answer (ECONNREFUSED); expected 2xx or 3xx`]);
});

it('whoever interrupts need not wait for an answer', async () => {
  const interrupted = new AbortController();
  const silent = await serve(() => interrupted.abort());
  expect(await smoke([silent], { ...soon(), signal: interrupted.signal })).toEqual([
    `${silent}: was not waited for; expected 2xx or 3xx`,
  ]);
});

it('a redirect elsewhere is not followed: it is an answer', async () => {
  const elsewhere = jest.fn<void, []>();
  const other = await serve((_, response) => {
    elsewhere();
    response.writeHead(500).end();
  });
  const address = await serve((_, response) => response.writeHead(302, { location: other }).end());
  expect(await smoke([address], past())).toEqual([]);
  expect(elsewhere).not.toHaveBeenCalled();
});
