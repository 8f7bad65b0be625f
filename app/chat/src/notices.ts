import { EventEmitter } from 'node:events';
import type { Bus } from './fanout/log';

const CHANNEL = 'chat:notices';

/** What one pod tells all others. */
export interface NoticeEvents {
  /** A session has ended: its sockets have to go. */
  'session-ended': [key: string];
  /** An account is in a room that its open pages may not know. */
  'room-new': [account: string, room: string];
}

/** Notices between pods. They may get lost; whoever depends on one looks again from time to time. */
export class Notices extends EventEmitter<NoticeEvents> {
  constructor(private readonly bus: Bus) {
    super();
  }

  async start(): Promise<void> {
    await this.bus.subscribe(CHANNEL, (text) => {
      const [name, ...words] = JSON.parse(text);
      this.emit(name, ...words);
    });
  }

  async tell<Name extends keyof NoticeEvents>(name: Name, ...words: NoticeEvents[Name]): Promise<void> {
    await this.bus.publish(CHANNEL, JSON.stringify([name, ...words]));
  }
}
