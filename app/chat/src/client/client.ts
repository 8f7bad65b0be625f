import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, Failure, ServerEvents } from '../events';
import type { ChatClientOptions, ChatListener, ConnectionState } from './listener';
import { messageId } from './message-id';
import { Outbox, type OutboxEntry } from './outbox';
import { type Position, RoomFeed } from './room-feed';

/** Milliseconds before the first try to reconnect: 50–250, then about twice as long each time. */
const RECONNECT = { reconnectionDelay: 150, randomizationFactor: 0.67, reconnectionDelayMax: 1_000 };
/** Milliseconds for a connection attempt, which a dead network never answers. */
const CONNECT_LIMIT = 6_000;
/** The same after a server has said when it leaves: the wait that spreads its clients was before. */
const RECONNECT_AFTER_DRAIN = 20;
/** Milliseconds that the server has for an answer about a room. */
const JOIN_LIMIT = 5_000;
/** Milliseconds before asking again what has just brought nothing. */
const PAUSE = 500;

/** One connection to the chat that loses nothing: it reconnects, catches up, and sends again what was not acknowledged. */
export class ChatClient {
  readonly socket: Socket<ServerEvents, ClientEvents>;
  private readonly feeds = new Map<string, RoomFeed>();
  private readonly outbox = new Outbox();
  private readonly listener: ChatListener;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts connections: what belonged to an earlier one has no effect on this one. */
  private connection = 0;
  private current: ConnectionState = 'connecting';

  constructor({ url, io: options, listener = {} }: ChatClientOptions = {}) {
    this.listener = listener;
    const transports = { transports: ['websocket', 'polling'], tryAllTransports: true, timeout: CONNECT_LIMIT };
    const all = { ...transports, ...RECONNECT, ...options, autoConnect: false };
    this.socket = url === undefined ? io(all) : io(url, all);
    this.listen();
    this.connect();
  }

  get state(): ConnectionState {
    return this.current;
  }

  connect(): void {
    this.socket.connect();
  }

  /** Ends the connection for good. What is in the outbox is not sent. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.connection += 1;
    this.socket.removeAllListeners();
    this.socket.disconnect();
  }

  /** Follows a room from a position on; without one its newest messages come as a reload. */
  join(room: string, from?: Position): void {
    if (this.feeds.has(room)) return;
    const feed: RoomFeed = new RoomFeed(from, {
      show: (messages) => {
        const mine = this.outbox.shown(room, messages);
        this.listener.messages?.(room, messages);
        if (mine) this.changed();
      },
      reload: (messages) => {
        this.outbox.shown(room, messages);
        if (feed.last) this.outbox.passed(room, feed.last);
        if (feed.last) this.outbox.reloaded(room, feed.last, Date.now());
        this.listener.reload?.(room, messages);
        this.changed();
      },
      ask: (position, paused) => this.ask(room, feed, position, paused ? PAUSE : 0),
    });
    this.feeds.set(room, feed);
    if (this.socket.connected) feed.ask();
  }

  /** Asks where a room stands, for whoever has reason to think that it went on without this page. */
  refresh(room: string): void {
    if (this.socket.connected) this.feeds.get(room)?.ask();
  }

  /** Where a room that is followed stands. */
  position(room: string): Position | undefined {
    return this.feeds.get(room)?.last;
  }

  /** Puts a message into the outbox. @returns its id. @throws Error for a room that is not followed. */
  send(room: string, text: string): string {
    if (!this.feeds.has(room)) throw new Error(`room ${room} is not followed: join it before sending to it`);
    const id = messageId();
    this.outbox.add(id, room, text, Date.now());
    this.changed();
    return id;
  }

  /** Sends a message that failed once more, under the same id. */
  retry(id: string): void {
    this.outbox.retry(id, Date.now());
    this.changed();
  }

  /** Forgets a message that failed. */
  discard(id: string): void {
    this.outbox.discard(id);
    this.changed();
  }

  /** Says that this person writes; lost where there is no connection. */
  typing(room: string): void {
    if (this.socket.connected) this.socket.volatile.emit('room:typing', { room });
  }

  /** Says that a room was read up to a message; lost where there is no connection. */
  read(room: string, seq: number): void {
    if (this.socket.connected) this.socket.emit('room:read', { room, seq }, () => {});
  }

  private listen(): void {
    const { socket, listener } = this;
    socket.on('connect', () => {
      this.connection += 1;
      socket.io.reconnectionDelay(RECONNECT.reconnectionDelay);
      this.enter('online');
      for (const feed of this.feeds.values()) feed.ask();
      this.work();
    });
    socket.on('disconnect', (reason) => {
      this.connection += 1;
      for (const feed of this.feeds.values()) feed.disconnected();
      this.outbox.disconnected(Date.now());
      this.enter(reason === 'io server disconnect' ? 'refused' : 'offline');
      this.work();
    });
    socket.on('connect_error', (error) => {
      const { description } = error as { description?: unknown };
      if (socket.active && description !== 401 && description !== 403) return this.enter('offline');
      socket.disconnect();
      this.enter('refused');
    });
    socket.on('messages', (batch) => this.feeds.get(batch.room)?.live(batch));
    socket.on('drain', () => void socket.io.reconnectionDelay(RECONNECT_AFTER_DRAIN));
    socket.on('typing', (body) => listener.typing?.(body));
    socket.on('presence', (people) => listener.presence?.(people));
    socket.on('room:new', (room) => listener.roomNew?.(room));
  }

  private enter(state: ConnectionState): void {
    if (this.current === state) return;
    this.current = state;
    this.listener.connection?.(state);
  }

  private ask(room: string, feed: RoomFeed, position: Position | undefined, wait: number): void {
    const { connection } = this;
    const body = { room, ...(position && { after: position.seq, epoch: position.epoch }) };
    const emit = () => {
      if (connection !== this.connection) return;
      this.socket.timeout(JOIN_LIMIT).emit('room:join', body, (lost, result) => {
        if (connection !== this.connection) return;
        if (lost) this.ask(room, feed, position, 0);
        else if ('data' in result) feed.answered(result.data);
        else this.notJoined(room, feed, position, result.error);
      });
    };
    if (wait > 0) setTimeout(emit, wait);
    else emit();
  }

  private notJoined(room: string, feed: RoomFeed, position: Position | undefined, failure: Failure): void {
    if (failure.code === 'too-many' || failure.code === 'unavailable') {
      this.ask(room, feed, position, failure.retryAfterMs ?? PAUSE);
      return;
    }
    this.feeds.delete(room);
    this.listener.left?.(room, failure);
  }

  private post({ id, room, text }: OutboxEntry): void {
    this.socket.emit('message:send', { room, id, text }, (result) => {
      this.outbox.answered(id, result, Date.now());
      const position = this.position(room);
      if (position) this.outbox.passed(room, position);
      this.changed();
    });
  }

  private changed(): void {
    this.listener.outbox?.(this.outbox.entries);
    this.work();
  }

  /** Does what the outbox has to do now, and comes back when it has more. */
  private work(): void {
    clearTimeout(this.timer);
    const now = Date.now();
    const { connected } = this.socket;
    if (this.outbox.expire(now)) this.listener.outbox?.(this.outbox.entries);
    if (connected) {
      for (const room of this.outbox.takeOverdueRooms(now)) this.feeds.get(room)?.ask();
      for (const entry of this.outbox.takeDue(now)) this.post(entry);
    }
    const due = this.outbox.nextDue(connected);
    if (due !== undefined) this.timer = setTimeout(() => this.work(), Math.max(0, due - now));
  }
}
