import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { CLOSE, encodeFrame, readFrames, TEXT } from '../bench/chat/generator/frames';

const sockets = new Set<Socket>();
if ('afterAll' in globalThis) {
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
  });
}

/** A WebSocket as it is on the wire, for clients that do what no library does. */
export class RawSocket {
  /** Texts of Engine.IO, in the order in which they came. */
  readonly texts: string[] = [];
  /** Head of the server's answer. */
  head = '';
  closed = false;
  private received = Buffer.alloc(0);

  /** Asks for an upgrade. Resolves when the server has answered, whatever that is. */
  static async open(url: string, headers: Record<string, string>, path?: string): Promise<RawSocket> {
    const raw = RawSocket.ask(url, headers, path);
    await raw.until(() => raw.head !== '');
    return raw;
  }

  /** Asks for an upgrade, and goes on without an answer. */
  static ask(
    url: string,
    headers: Record<string, string>,
    path = '/socket.io/?EIO=4&transport=websocket',
    method = 'GET',
  ): RawSocket {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const all = {
      Host: `${hostname}:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    return new RawSocket(socket);
  }

  private constructor(readonly socket: Socket) {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => this.read(chunk as Buffer));
    socket.on('close', () => {
      this.closed = true;
      sockets.delete(socket);
      socket.emit('progress');
    });
  }

  /** Status of the answer. */
  get status(): number {
    return Number(this.head.split(' ')[1]);
  }

  /** Waits for something to come, or for the end. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.closed) await new Promise((resolve) => this.socket.once('progress', resolve));
  }

  send(text: string): void {
    this.socket.write(encodeFrame(text));
  }

  private read(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    if (this.head === '') {
      const end = this.received.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.head = this.received.subarray(0, end).toString();
      this.received = this.received.subarray(end + 4);
    }
    if (this.status === 101) {
      const length = readFrames(this.received, (opcode, payload) => {
        if (opcode === TEXT) this.texts.push(payload.toString());
        if (opcode === CLOSE) this.socket.end(encodeFrame('', CLOSE));
      });
      this.received = this.received.subarray(length);
    }
    this.socket.emit('progress');
  }
}
