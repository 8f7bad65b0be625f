/**
 * An API server as the balancers see it: TLS, `/readyz`, answers, streams. Words on standard input change it.
 * Arguments: address, port, file with key and certificate.
 */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { createInterface } from 'node:readline';
import { BACKLOG, BEAT, SILENCE } from './traffic';

const [address, port, pem = ''] = process.argv.slice(2);
const identity = readFileSync(pem, 'utf8');
let ready = true;

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/readyz': (response) => response.end('ok'),
  '/version': (response) => response.end('{}'),
  // A watch on something that changes all the time.
  '/beats': (response) => {
    const beat = setInterval(() => response.write('.'), BEAT);
    response.on('close', () => clearInterval(beat));
  },
  // A shell that nobody types in.
  '/silence': (response) => {
    response.write('.');
    const end = setTimeout(() => response.end('.'), SILENCE);
    response.on('close', () => clearTimeout(end));
  },
};

const server = createServer({ key: identity, cert: identity }, (request, response) => {
  const answer = answers[request.url ?? ''];
  // Without etcd an API server is not ready, and has no other answer either.
  if (!ready) response.writeHead(500).end();
  else if (answer) answer(response);
  else response.writeHead(404).end();
});
server.listen({ host: address, port: Number(port), backlog: BACKLOG }, () => console.log('listening'));

createInterface(process.stdin).on('line', (word) => {
  if (word === 'not ready') ready = false;
  else throw new Error(`${word}: expected "not ready"`);
});
