import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import type { Failure, Message, Room, ServerEvents } from '../events';
import type { OutboxEntry } from './outbox';

/** `refused`: the server does not know this login, or has ended it. Nothing is tried until `connect` is called. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'refused';

export interface ChatListener {
  /** The next messages of a room, in order, each once. */
  messages?(room: string, messages: readonly Message[]): void;
  /** Drop what is shown of a room: these are its newest messages. */
  reload?(room: string, messages: readonly Message[]): void;
  /** A room does not let this account in. It is no longer followed. */
  left?(room: string, failure: Failure): void;
  /** My messages on their way have changed. */
  outbox?(entries: readonly OutboxEntry[]): void;
  connection?(state: ConnectionState): void;
  typing?: ServerEvents['typing'];
  presence?: ServerEvents['presence'];
  roomNew?(room: Room): void;
}

export interface ChatClientOptions {
  /** Where the server is; by default where the page came from. */
  readonly url?: string;
  /** Options of socket.io-client, such as `extraHeaders` with `cookie` and `origin` outside a browser. */
  readonly io?: Partial<ManagerOptions & SocketOptions>;
  readonly listener?: ChatListener;
}
