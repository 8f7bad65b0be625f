import type { Result } from '../events';
import { enterRoom, markRead, sayTyping, sendMessage, type Visitor } from '../messages/messages';
import { Refusal, unavailable } from '../refusal';
import type { UseCase } from '../use-case';
import { accountChannel, type ChatSocket, roomChannel, type SocketContext, sessionChannel } from './socket';

/** Events that one connection may send in a second; more are refused. */
const EVENTS_A_SECOND = 100;

/** Serves one connection until it ends. */
export function serve(socket: ChatSocket, context: SocketContext): void {
  const { chat, metrics, log } = context;
  const { account, session, rooms } = socket.data;
  const budget = perSecond(EVENTS_A_SECOND);
  const visitor: Visitor = { account, rooms, enter: (room) => enter(socket, context, room) };

  socket.join([accountChannel(account.id), sessionChannel(session)]);
  chat.presence.arrive(account);
  socket.on('disconnect', () => {
    chat.presence.leave(account);
    for (const room of rooms) chat.feeds.release(room).catch(context.onError);
    rooms.clear();
  });

  /** What the use case answers, or why not; `undefined` acknowledgements mean that nobody asked for one. */
  const answer = async <Answer>(
    useCase: UseCase<Visitor, Answer>,
    words: readonly unknown[],
    succeeded: (answer: Answer) => void = () => {},
  ): Promise<void> => {
    const acknowledge = words.at(-1);
    const reply = (result: Result<Answer>) => typeof acknowledge === 'function' && acknowledge(result);
    try {
      if (!budget()) throw new Refusal('too-many', 'This page sends too many requests.', 1_000);
      const data = await useCase(chat, visitor, typeof words[0] === 'function' ? undefined : words[0]);
      succeeded(data);
      reply({ data });
    } catch (error) {
      if (!(error instanceof Refusal)) log.warn({ err: error }, 'an event failed');
      const { failure } = error instanceof Refusal ? error : unavailable();
      metrics.refused.inc({ code: failure.code });
      reply({ error: failure });
    }
  };
  socket.on('message:send', (...words) => void answer(sendMessage, words, () => metrics.stored.inc()));
  socket.on(
    'room:join',
    (...words) =>
      void answer(enterRoom, words, ({ resumed }) => metrics.resumes.inc({ outcome: resumed ? 'resumed' : 'loaded' })),
  );
  socket.on('room:read', (...words) => void answer(markRead, words));
  socket.on('room:typing', (...words) => void answer(sayTyping, words));
}

async function enter(socket: ChatSocket, { chat, onError }: SocketContext, room: string): Promise<void> {
  const { rooms } = socket.data;
  await chat.feeds.acquire(room);
  // Another request for the same room, or the end of the connection, may have come first.
  if (rooms.has(room) || !socket.connected) {
    await chat.feeds.release(room).catch(onError);
    return;
  }
  rooms.add(room);
  socket.join(roomChannel(room));
}

/** Says whether there is room for one more in this second. */
function perSecond(most: number): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) [second, count] = [now, 0];
    count += 1;
    return count <= most;
  };
}
