import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Dialect } from './dialects';
import { CLOSE, encodeFrame, readFrames } from './frames';

/** Where a client sits. */
export interface Seat {
  readonly port: number;
  readonly room: string;
  /** Headers of the handshake. */
  readonly headers: Readonly<Record<string, string>>;
  /** It will stop reading, so nobody waits for what it gets. */
  readonly stalls: boolean;
}

/** What happens to a client. Payloads are only valid during the call. */
export interface Listener {
  /** Whatever else the server tells, messages among it. */
  onEvent(payload: Buffer): void;
  onAcknowledgement(payload: Buffer): void;
  onClose(reason: string): void;
}

/** All sockets read into one buffer: whatever arrives is looked at before the next one reads. */
const INPUT = Buffer.alloc(1 << 18);
const NOTHING: Buffer = Buffer.alloc(0);
const PING = '2'.charCodeAt(0);
const PONG = encodeFrame('3');
const MESSAGE = '4'.charCodeAt(0);
const EVENT = '2'.charCodeAt(0);
const ACKNOWLEDGEMENT = '3'.charCodeAt(0);

/** One websocket, made by hand: a client library would cost more than the servers that are measured. */
export class Connection {
  private readonly socket: Socket;
  private rest = NOTHING;
  private upgraded = false;
  private joined = false;
  private reading = true;
  /** Resolves when the client is in its room. */
  readonly ready: Promise<void>;
  private becomeReady: () => void = () => {};
  private fail: (error: Error) => void = () => {};

  constructor(
    private readonly seat: Seat,
    private readonly dialect: Dialect,
    private readonly listener: Listener,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.becomeReady = resolve;
      this.fail = reject;
    });
    const onread = { buffer: INPUT, callback: (length: number) => this.read(INPUT.subarray(0, length)) };
    this.socket = connect({ host: '127.0.0.1', port: seat.port, noDelay: true, onread });
    this.socket.on('connect', () => this.socket.write(this.handshake()));
    this.socket.on('error', (error) => this.end(error.message));
    this.socket.on('end', () => this.end('the server ended the connection'));
  }

  /** @param acknowledgement above 0. */
  send(acknowledgement: number, id: string, text: string): void {
    this.socket.write(encodeFrame(this.dialect.message(this.seat.room, acknowledgement, id, text)));
  }

  /** From now on the kernel's buffers fill up. */
  stopReading(): void {
    this.reading = false;
    this.socket.pause();
  }

  private handshake(): string {
    const headers = {
      Host: `127.0.0.1:${this.seat.port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...this.seat.headers,
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return `GET ${this.dialect.path(this.seat.room)} HTTP/1.1\r\n${lines.join('')}\r\n`;
  }

  /** @returns whether to go on reading. */
  private read(chunk: Buffer): boolean {
    const data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const read = this.upgraded ? readFrames(data, this.onFrame) : this.readUpgrade(data);
    this.rest = read < data.length ? Buffer.from(data.subarray(read)) : NOTHING;
    return this.reading;
  }

  private readUpgrade(data: Buffer): number {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const answer = data.toString('latin1', 0, end);
    if (!answer.startsWith('HTTP/1.1 101 ')) {
      this.end(`the server answered "${answer.split('\r\n')[0]}": ${data.toString('utf8', end + 4)}`);
      return data.length;
    }
    this.upgraded = true;
    return end + 4 + readFrames(data.subarray(end + 4), this.onFrame);
  }

  private readonly onFrame = (opcode: number, payload: Buffer): void => {
    const { dialect, listener } = this;
    if (opcode === CLOSE)
      this.end(
        `the server closed${payload.length < 2 ? '' : ` with ${payload.readUInt16BE(0)} ${payload.subarray(2)}`}`,
      );
    else if (dialect.socketIo && payload[0] === PING) this.socket.write(PONG);
    else if (!this.joined) this.join(payload);
    else if (!dialect.socketIo || (payload[0] === MESSAGE && payload[1] === EVENT)) listener.onEvent(payload);
    else if (payload[0] === MESSAGE && payload[1] === ACKNOWLEDGEMENT) listener.onAcknowledgement(payload);
    else this.end(`unexpected packet "${payload}"`);
  };

  /** Engine.IO opens (0), then the namespace (40), then the room (430). Events may come before. */
  private join(payload: Buffer): void {
    const text = payload.toString();
    if (this.dialect.socketIo && text.startsWith('0')) this.socket.write(encodeFrame('40'));
    else if (text.startsWith('40') && this.dialect.join)
      this.socket.write(encodeFrame(this.dialect.join(this.seat.room)));
    else if (text.startsWith('430[{"data"') || !this.dialect.socketIo) {
      this.joined = true;
      this.becomeReady();
    } else if (!text.startsWith('42')) this.end(`the server would not let us in: "${text}"`);
  }

  private end(reason: string): void {
    this.socket.destroy();
    this.fail(new Error(reason));
    this.listener.onClose(reason);
  }
}
