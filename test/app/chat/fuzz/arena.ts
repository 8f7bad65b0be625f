import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChatServer, startChat } from '../../../e2e/chat/chat-server';
import {
  Browser,
  type Connection,
  dataOf,
  directRoom,
  type Member,
  newRoom,
  PASSWORD,
  register,
} from '../../../support/chat-browser';
import { temporaryFolder } from '../../../support/copy';
import { freePort } from '../../../support/port';
import { until } from '../../../support/until';
import type { Known } from './values';

/** Collects garbage when it is told to, and writes what is left. */
const HOOK = `
require('node:v8').setFlagsFromString('--expose-gc');
const gc = require('node:vm').runInNewContext('gc');
process.on('SIGUSR2', () => {
  gc();
  require('node:fs').writeFileSync(process.env.HEAP_FILE, String(process.memoryUsage().heapUsed) + '.');
});`;

/** People who send anything, and two others whose room they must never reach. */
export class Arena {
  /** Everything that the fuzzing people were told goes through here. */
  heard = 0;
  inputs = 0;
  private readonly token = `canary-${randomBytes(12).toString('hex')}`;
  private said = 0;
  private turn = 0;

  static async open(people: number): Promise<Arena> {
    const folder = temporaryFolder();
    const [hook, heapFile] = [join(folder, 'hook.js'), join(folder, 'heap')];
    writeFileSync(hook, HOOK);
    const metricsPort = await freePort();
    const server = await startChat({
      METRICS_PORT: String(metricsPort),
      MESSAGE_LIMIT: '1000000',
      HISTORY_LENGTH: '100',
      ADDRESS_LIMIT_FACTOR: '1000',
      NODE_OPTIONS: `--require=${hook}`,
      HEAP_FILE: heapFile,
    });
    const enter = (name: string) => register(new Browser(server.url, server.url), name, PASSWORD);
    const members: Member[] = [];
    for (let count = 0; count < people; count += 1) members.push(await enter(`Fuzzer${count}`));
    const keepers = [await enter('Keeper1'), await enter('Keeper2')] as const;
    const own = await newRoom(members[0] as Member);
    for (const member of members) await member.post('/rooms/join', { name: own.name });
    const canary = await directRoom(...keepers);
    const listener = await keepers[1].connect();
    dataOf(await listener.join(canary.id));
    const accounts = [...members, ...keepers].map(({ account }) => account.id);
    const known = { rooms: ['general', own.id], canary: canary.id, accounts };
    return new Arena(server, members, keepers, known, listener, metricsPort, heapFile);
  }

  private constructor(
    readonly server: ChatServer,
    readonly members: readonly Member[],
    private readonly keepers: readonly [Member, Member],
    readonly known: Known,
    private readonly listener: Connection,
    private readonly metricsPort: number,
    private readonly heapFile: string,
  ) {}

  /** The fuzzing people in turns, so that nobody is over a limit soon. */
  next(): Member {
    this.turn += 1;
    return this.members[this.turn % this.members.length] as Member;
  }

  /** Fails where a word of the canary's room is in what a fuzzing person was told. */
  hear(told: string): void {
    this.heard += 1;
    if (told.includes(this.token)) throw new Error(`the canary’s room was told to somebody else: ${told}`);
  }

  /** One of those in the canary's room says something there. */
  async sing(): Promise<void> {
    this.said += 1;
    dataOf(await this.listener.send(this.known.canary, `${this.token} ${this.said}`));
  }

  /** What is in the canary's room, by its own people. */
  async canaryTexts(): Promise<{ stored: string[]; live: string[]; expected: string[] }> {
    const { body } = await this.keepers[0].get(`/rooms/${this.known.canary}/messages?limit=100`);
    const expected = Array.from({ length: this.said }, (_, at) => `${this.token} ${at + 1}`);
    await until(() => this.listener.texts(this.known.canary).length >= this.said);
    return {
      stored: body.messages.map(({ text }: { text: string }) => text).reverse(),
      live: this.listener.texts(this.known.canary),
      expected,
    };
  }

  /** Events that came to the canary's room beside its messages. */
  get disturbances(): unknown[] {
    return this.listener.events.filter(
      ([name, word]) => name === 'typing' && (word as { room: string }).room === this.known.canary,
    );
  }

  leave(): void {
    this.listener.close();
  }

  /** Bytes of the heap that are in use after garbage was collected. */
  async heap(): Promise<number> {
    rmSync(this.heapFile, { force: true });
    process.kill(this.server.pid, 'SIGUSR2');
    const read = () => (existsSync(this.heapFile) ? readFileSync(this.heapFile, 'utf8') : '');
    await until(() => read().endsWith('.'));
    return Number.parseInt(read(), 10);
  }

  async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`)).text();
    return Number(text.match(new RegExp(`^${name} (.*)$`, 'm'))?.[1]);
  }
}
