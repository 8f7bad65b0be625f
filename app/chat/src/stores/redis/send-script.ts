import { type CommandParser, defineScript } from 'redis';
import type { Allowance } from '../../fanout/log';

/** What one message needs. */
export interface SendRequest {
  readonly head: string;
  readonly stream: string;
  readonly place: string;
  readonly channel: string;
  /** JSON of the draft. */
  readonly draft: string;
  readonly at: number;
  /** Epoch to take where there is none, or where the numbering has fallen back. */
  readonly freshEpoch: string;
  /** Highest number that the caller has seen. */
  readonly known: number;
  /** About how many messages the stream keeps. */
  readonly length: number;
  /** Seconds that the author's id is remembered. */
  readonly rememberSeconds: number;
  /** Counts what the author sends. */
  readonly counter: string;
  /** Messages that the author may send in `seconds`; 0 is without a bound. */
  readonly allowance: Allowance;
}

/**
 * Stores a message and publishes it, in one step that nobody sees half of. A message that is stored already gets its place again; one too many
 * gets number 0 and the milliseconds to wait.
 */
const SCRIPT = `
local head, stream, place, counter = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local draft, at, fresh, known, length, remember, channel, messages, seconds = unpack(ARGV)
local seq, epoch = unpack(redis.call('HMGET', head, 'seq', 'epoch'))
seq = tonumber(seq or 0)
if not epoch or seq < tonumber(known) then
  epoch = fresh
  redis.call('HSET', head, 'epoch', epoch)
end
local stored = redis.call('GET', place)
if stored then
  local number, since = string.match(stored, '^(%d+) (%d+)$')
  return { tonumber(number), tonumber(since), epoch }
end
if tonumber(messages) > 0 then
  local sent = redis.call('INCR', counter)
  if sent == 1 then redis.call('EXPIRE', counter, seconds) end
  if sent > tonumber(messages) then return { 0, redis.call('PTTL', counter), epoch } end
end
seq = redis.call('HINCRBY', head, 'seq', 1)
redis.call('XADD', stream, 'MAXLEN', '~', length, seq .. '-0', 'draft', draft)
redis.call('SET', place, seq .. ' ' .. at, 'EX', remember)
redis.call('PUBLISH', channel, seq .. ' ' .. epoch .. ' ' .. draft)
return { seq, tonumber(at), epoch }
`;

export const sendScript = defineScript({
  SCRIPT,
  NUMBER_OF_KEYS: 4,
  parseCommand(parser: CommandParser, request: SendRequest) {
    parser.pushKey(request.head);
    parser.pushKey(request.stream);
    parser.pushKey(request.place);
    parser.pushKey(request.counter);
    parser.push(
      request.draft,
      String(request.at),
      request.freshEpoch,
      String(request.known),
      String(request.length),
      String(request.rememberSeconds),
      request.channel,
      String(request.allowance.messages),
      String(request.allowance.seconds),
    );
  },
  /** Number, time or milliseconds to wait, epoch. */
  transformReply: (reply: unknown) => reply,
});
