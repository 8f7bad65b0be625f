import type { Logger } from '@slipway/common/http';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Account, ClientEvents, ServerEvents } from '../events';
import type { Metrics } from '../metrics';
import type { Chat } from '../use-case';

/** What the server knows of a connection. */
export interface ConnectionData {
  account: Account;
  /** Key of the session that opened it. */
  session: string;
  /** Rooms whose live messages it gets. */
  rooms: Set<string>;
}

export type ChatServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, ConnectionData>;
export type ChatSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, ConnectionData>;

/** What connections are served with. */
export interface SocketContext {
  readonly chat: Chat;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** An error that nobody waits for. */
  readonly onError: (error: unknown) => void;
}

/** Names of Socket.IO's rooms; a client never names one itself. */
export const roomChannel = (room: string): string => `room:${room}`;
export const accountChannel = (account: string): string => `account:${account}`;
export const sessionChannel = (key: string): string => `session:${key}`;
