import type * as z from 'zod';
import type { Passwords } from './accounts/passwords';
import type { Account } from './events';
import type { Feeds } from './fanout/feeds';
import type { Limits } from './limits';
import type { Notices } from './notices';
import type { Presence } from './presence/presence';
import { Refusal } from './refusal';
import type { Sessions } from './stores/sessions';
import type { Store } from './stores/store';

/** Everything that use cases work with. */
export interface Chat {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly limits: Limits;
  readonly notices: Notices;
  readonly presence: Presence;
  readonly feeds: Feeds;
}

/** Something that a person can do: the input is checked, then it is done. */
export type UseCase<Who, Answer> = (chat: Chat, who: Who, input: unknown) => Promise<Answer>;

/** @throws Refusal `invalid` for input that is not of the schema; unknown fields are refused. */
export function useCase<Input, Answer, Who = Account>(
  input: z.ZodType<Input>,
  run: (chat: Chat, who: Who, input: Input) => Promise<Answer>,
): UseCase<Who, Answer> {
  return async (chat, who, given) => {
    const parsed = input.safeParse(given);
    if (!parsed.success) throw new Refusal('invalid', explain(parsed.error));
    return run(chat, who, parsed.data);
  };
}

/** The first fault, in words that may be shown; the value is left out, because it may be a password. */
function explain({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return 'The request is not understood.';
  if (issue.code === 'unrecognized_keys') return `Unknown field ${issue.keys.slice(0, 3).join(', ').slice(0, 80)}.`;
  const where = issue.path.join('.');
  return where ? `${where}: ${issue.message}` : issue.message;
}
