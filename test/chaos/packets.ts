import type { Batch, ClientEvents, Joined, Result } from '../../app/chat/src/events';
import type { Record } from './record';

type Body<Event extends keyof ClientEvents> = Parameters<ClientEvents[Event]>[0];
type Question =
  | { readonly event: 'room:join'; readonly body: Body<'room:join'> }
  | { readonly event: 'message:send'; readonly body: Body<'message:send'> };

/** Reads what goes over one connection below Socket.IO's client: Engine.IO packets as they come, before anything can filter them. */
export class Packets {
  private readonly asked = new Map<string, Question>();

  /** @param onJoined is told where the server says that a room stands. */
  constructor(
    private readonly record: Record,
    private readonly onJoined: (room: string, head: number) => void,
  ) {}

  /** What the client writes. */
  out(data: unknown): void {
    const packet = parse(data);
    if (packet?.id === '' || packet === undefined) return;
    const [event, body] = packet.words;
    this.asked.set(packet.id, { event, body } as Question);
  }

  /** What the server writes. */
  in(data: unknown): void {
    const packet = parse(data);
    if (packet === undefined) return;
    const { type, id, words } = packet;
    if (type === 'event' && words[0] === 'messages') this.record.arrive(words[1] as Batch);
    if (type === 'event' && words[0] === 'drain') this.record.drains += 1;
    if (type === 'acknowledgement') this.answered(this.asked.get(id), words[0]);
  }

  private answered(question: Question | undefined, answer: unknown): void {
    if (question?.event === 'message:send') {
      const result = answer as Result<{ seq: number; epoch: string }>;
      if ('data' in result) this.record.acknowledged.push({ id: question.body.id, ...result.data });
    }
    if (question?.event === 'room:join') {
      const result = answer as Result<Joined>;
      if (!('data' in result)) return;
      this.record.arrive(result.data);
      this.onJoined(question.body.room, result.data.head);
    }
  }
}

/** Socket.IO's packets of type 2 and 3 on the main namespace: `2["event",…]`, `2<id>["event",…]`, `3<id>[answer]`. */
function parse(data: unknown): { type: 'event' | 'acknowledgement'; id: string; words: unknown[] } | undefined {
  const match = typeof data === 'string' ? /^([23])(\d*)(\[.*)$/s.exec(data) : null;
  if (!match) return undefined;
  const [, type, id = '', words = ''] = match;
  return { type: type === '2' ? 'event' : 'acknowledgement', id, words: JSON.parse(words) };
}
