import type { Bar } from '../report';
import type { Chat } from '../servers/chat';

export interface Chats {
  readonly ours: Chat;
  readonly flask: Chat;
  readonly stock: Chat;
  readonly raw: Chat;
}

/** @param quick fewer and shorter repetitions: for those who write the bench, not for figures. */
export type Workload = (chats: Chats, quick: boolean) => Promise<readonly Bar[]>;
