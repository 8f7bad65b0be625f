import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listPeople } from '../accounts/list-people';
import { type Caller, login } from '../accounts/login';
import { register } from '../accounts/register';
import type { Account } from '../events';
import { readHistory } from '../messages/messages';
import { Refusal } from '../refusal';
import { createRoom, joinRoom, listPublicRooms, listRooms, openDirectRoom } from '../rooms/rooms';
import type { Session } from '../stores/sessions';
import type { Chat, UseCase } from '../use-case';
import type { SessionCookie } from './session-cookie';
import { isFromOurPage } from './source';

export interface RouteOptions {
  readonly chat: Chat;
  readonly cookie: SessionCookie;
  readonly origins: ReadonlySet<string>;
}

/** The chat over HTTP. Its words stand in events.ts. */
export function addRoutes(http: FastifyInstance, { chat, cookie, origins }: RouteOptions): void {
  http.addHook('onRequest', async (request) => {
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && !isFromOurPage(request.headers, origins)) {
      throw new Refusal('forbidden', 'This request does not come from the page of this chat.');
    }
  });

  const sessionOf = async ({ headers }: FastifyRequest): Promise<Session | undefined> => {
    const id = cookie.read(headers.cookie);
    return id === undefined ? undefined : chat.sessions.find(id);
  };
  const requireSession = async (request: FastifyRequest): Promise<Session> => {
    const session = await sessionOf(request);
    if (session === undefined) throw new Refusal('unauthenticated', 'Log in first.');
    return session;
  };
  const endSession = async ({ key }: Session): Promise<void> => {
    await chat.sessions.end(key);
    await chat.notices.tell('session-ended', key);
  };

  /** A new id each time: whoever knew the one before the login knows nothing. */
  const enter =
    (useCase: UseCase<Caller, Account>, status: number) => async (request: FastifyRequest, reply: FastifyReply) => {
      const account = await useCase(chat, { address: request.ip }, request.body);
      const before = await sessionOf(request);
      if (before) await endSession(before);
      reply.header('set-cookie', cookie.write(await chat.sessions.create(account)));
      return reply.code(status).send({ account });
    };
  http.post('/register', enter(register, 201));
  http.post('/login', enter(login, 200));
  http.post('/logout', async (request, reply) => {
    const session = await sessionOf(request);
    if (session) await endSession(session);
    return reply.header('set-cookie', cookie.write(undefined)).code(204).send();
  });
  http.get('/me', async (request, reply) => {
    const { account } = await requireSession(request);
    // The page asks this whenever it is opened: the browser keeps its session as long as the server does.
    reply.header('set-cookie', cookie.write(cookie.read(request.headers.cookie)));
    return { account };
  });

  /** What a logged-in person can do; reading is limited here, so that no use case can forget it. */
  const mine =
    <Answer>(useCase: UseCase<Account, Answer>, input: (request: FastifyRequest) => unknown, status = 200) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { account } = await requireSession(request);
      await chat.limits.spend('request', account.id);
      return reply.code(status).send(await useCase(chat, account, input(request)));
    };
  const query = ({ query: words }: FastifyRequest): unknown => ({ ...(words as object) });
  const body = ({ body: words }: FastifyRequest): unknown => words;
  http.get('/users', mine(listPeople, query));
  http.get('/rooms', mine(listRooms, query));
  http.get('/rooms/public', mine(listPublicRooms, query));
  http.post('/rooms', mine(createRoom, body, 201));
  http.post('/rooms/join', mine(joinRoom, body));
  http.post('/rooms/direct', mine(openDirectRoom, body));
  http.get(
    '/rooms/:room/messages',
    mine(readHistory, (request) => ({ ...(request.query as object), ...(request.params as object) })),
  );
}
