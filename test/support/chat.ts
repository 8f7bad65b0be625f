import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningChat, startChat } from '../../app/chat/src/chat';
import { type ChatSettings, chatSettings } from '../../app/chat/src/settings';
import { createLog, type Logger } from '../../app/common/src/http';
import { readSettings } from '../../app/common/src/settings';
import { createShutdown } from '../../app/common/src/shutdown';
import { Browser, type Member, PASSWORD, register } from './chat-browser';

/** The page's address as the server is told it; without TLS, so that the cookie is called `chat`. */
export const ORIGIN = 'http://chat.test';
/** What browsers get for `/`. */
export const PAGE = '<!doctype html><title>Chat</title>';

/** The chat in this process, for tests that talk to it from outside. */
export interface TestChat extends RunningChat {
  readonly url: string;
  /** Somebody without an account, at a browser of their own. */
  visitor(): Browser;
  /** Somebody who is logged in at a browser of their own. */
  register(name?: string): Promise<Member>;
  /** Ends it as SIGTERM does. @returns whether every step went well. */
  end(): Promise<boolean>;
}

const started = new Set<TestChat>();
if ('afterAll' in globalThis) afterAll(() => Promise.all([...started].map((chat) => chat.end())));

/** @param settings what differs from the defaults; limits by address are out of the way. */
export const settingsWith = (settings: Partial<ChatSettings> = {}): ChatSettings => ({
  ...readSettings(chatSettings, {}),
  HOST: '127.0.0.1',
  PORT: 0,
  ORIGINS: [ORIGIN],
  COOKIE_SECURE: false,
  ADDRESS_LIMIT_FACTOR: 1_000,
  SHUTDOWN_DRAIN_SECONDS: 1,
  ...settings,
});

/** Starts a process of the chat; with REDIS_URL it is one of several. */
export async function runChat(
  settings: Partial<ChatSettings> = {},
  log: Logger = createLog('chat', 'silent'),
): Promise<TestChat> {
  const page = pageFolder();
  const chosen = settingsWith(settings);
  const running = await startChat(chosen, log, page);
  const url = `http://127.0.0.1:${running.port}`;
  const visitor = () => new Browser(url, chosen.ORIGINS?.[0] ?? ORIGIN);
  const shutDown = createShutdown(running.steps, log);
  const chat: TestChat = {
    ...running,
    url,
    visitor,
    register: (name = uniqueName()) => register(visitor(), name, PASSWORD),
    end: () => {
      started.delete(chat);
      rmSync(page, { recursive: true, force: true });
      return shutDown();
    },
  };
  started.add(chat);
  return chat;
}

/** A folder with the smallest page. */
export function pageFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'main-ABCDEFGH.js'), 'document.title;');
  return folder;
}

/** A name that nobody else has. */
export const uniqueName = (prefix = 'Ana'): string => `${prefix}-${randomUUID().slice(0, 8)}`;

/** Key of sessions that several processes share. */
export const SESSION_KEY: [string] = [randomBytes(32).toString('hex')];
