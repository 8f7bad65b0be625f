/** Words that server, page and tests share: what travels over HTTP and Socket.IO. Types only, so that the page carries nothing else of the server. */

export interface Account {
  readonly id: string;
  readonly name: string;
}

/** An account in the list of people. */
export interface Person extends Account {
  readonly online: boolean;
}

/** A stored message. In a room, `seq` counts 1, 2, 3 … without a hole, the same for everybody. */
export interface Message {
  readonly seq: number;
  /** Chosen by the sender: a message that is sent twice under one id is stored once. */
  readonly id: string;
  /** Id of the sender's account, as the server knows it. */
  readonly author: string;
  /** The sender's name. */
  readonly name: string;
  readonly text: string;
  /** Milliseconds since 1970, by the clock of the pod that stored it. */
  readonly at: number;
}

export interface Room {
  readonly id: string;
  readonly kind: 'public' | 'direct';
  /** A direct room is called by the other's name. */
  readonly name: string;
  /** The other, in a direct room. */
  readonly with?: Account;
  /** Changes when the store has lost messages: whoever kept another one must load the room anew. */
  readonly epoch: string;
  /** Sequence number of the newest message; 0 in an empty room. */
  readonly head: number;
  /** Sequence number of the newest message that this account has read. */
  readonly read: number;
}

/** A public room, as somebody sees it who may not be in it. */
export interface PublicRoom {
  readonly id: string;
  readonly name: string;
  readonly member: boolean;
}

/** Messages of one room in the order of their sequence numbers. */
export interface Batch {
  readonly room: string;
  readonly epoch: string;
  readonly messages: readonly Message[];
}

/** What joining a room answers. */
export interface Joined extends Batch {
  /** Sequence number of the newest message; beyond the last of `messages`, ask again with `after`. */
  readonly head: number;
  /** Whether `messages` follow `after` without a hole. Otherwise drop what you have: `messages` are the newest ones. */
  readonly resumed: boolean;
}

export type FailureCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'taken'
  | 'too-many'
  | 'unavailable';

export interface Failure {
  readonly code: FailureCode;
  /** A sentence for the person at the page. */
  readonly message: string;
  /** Milliseconds to wait before the next try, where waiting helps. */
  readonly retryAfterMs?: number;
}

/** Body of every HTTP answer that is not a success. */
export interface FailureBody {
  readonly error: Failure;
}

export type Result<Data> = { readonly data: Data } | FailureBody;

export interface ClientEvents {
  /** Live messages of the room from now on, and those after `after` that were missed. Asking again is harmless. */
  'room:join': (
    body: { room: string; after?: number; epoch?: string },
    acknowledge: (result: Result<Joined>) => void,
  ) => void;
  /** Acknowledged after the message is stored. Without an acknowledgement send it again under the same id. */
  'message:send': (
    body: { room: string; id: string; text: string },
    acknowledge: (result: Result<{ seq: number; at: number; epoch: string }>) => void,
  ) => void;
  /** Says that this person writes. Worth saying every two seconds; it may get lost. */
  'room:typing': (body: { room: string }) => void;
  /** Everything up to `seq` was read. */
  'room:read': (body: { room: string; seq: number }, acknowledge: (result: Result<null>) => void) => void;
}

export interface ServerEvents {
  messages: (batch: Batch) => void;
  /** Somebody else writes; forget it after four seconds or at their next message. */
  typing: (body: { room: string; account: Account }) => void;
  /** Who came and who left, over all pods, since the last time. */
  presence: (people: readonly Person[]) => void;
  /** This account got a room: somebody began a direct one with it, or another page of its own joined one. */
  'room:new': (room: Room) => void;
  /** The server is about to leave and closes this connection after so many milliseconds, random for each: connect again at once then. */
  drain: (body: { reconnectInMs: number }) => void;
}
