/** Writes docs/screenshots: what the chat looks like on a phone, on a desktop, and in the dark. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { closeBrowser, DESKTOP, fieldOn, messageOn, openChat, openPage, PHONE, say, settled } from './browser';
import { removeBuild, startChat } from './chat-server';

const FOLDER = join(__dirname, '../../../docs/screenshots');
const STILL = { reducedMotion: 'reduce' } as const;
const DARK: BrowserContextOptions = { ...DESKTOP, ...STILL, colorScheme: 'dark' };

async function makeRoom(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Find or make a room' }).click();
  await page.getByLabel('Name of a room').fill(name);
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

const open = (page: Page, name: RegExp) => page.getByRole('navigation').getByRole('button', { name }).click();
const shoot = (page: Page, name: string) => page.screenshot({ path: join(FOLDER, `${name}.png`) });

async function takeAll(url: string): Promise<void> {
  const login = await openPage(url, { ...DESKTOP, ...STILL });
  await login.waitForLoadState('networkidle');
  await shoot(login, 'login');
  const amara = await openChat(url, 'Amara', { ...DESKTOP, ...STILL });
  const bjarne = await openChat(url, 'Bjarne', { ...PHONE, ...STILL, deviceScaleFactor: 2 });
  const chiyo = await openChat(url, 'Chiyo', DARK);
  const talk: [Page, string][] = [
    [amara, 'Good morning! The seedlings have arrived, all forty of them.'],
    [amara, 'Who can help to plant them on Saturday?'],
    [bjarne, 'I can, from ten on.'],
    [chiyo, 'Me too. Shall I bring the small shovels, or are there enough in the shed?'],
    [amara, 'Please do, two of ours broke last week.'],
    [bjarne, 'Then I bring lunch: bread, cheese, and a soup if the weather stays like this.'],
    [chiyo, 'Perfect.'],
  ];
  for (const [page, text] of talk) {
    await say(page, text);
    await messageOn(amara, text).waitFor();
  }
  await makeRoom(amara, 'Saturday lunch');
  await makeRoom(chiyo, 'Saturday lunch');
  for (const text of ['Does anybody not eat cheese?', 'I could bake as well.']) await say(chiyo, text);
  await settled(chiyo);
  await open(amara, /^General/);
  await say(chiyo, 'A cake, that is.');
  await amara.getByRole('button', { name: 'Write to Bjarne' }).click();
  await say(amara, 'Do you still have the long ladder?');
  await settled(amara);
  await open(amara, /^General/);
  await open(chiyo, /^General/);
  await fieldOn(chiyo).pressSequentially('See you on');
  await amara.getByText('Chiyo is writing…').waitFor();
  await shoot(amara, 'desktop');
  await shoot(bjarne, 'phone');
  await shoot(chiyo, 'dark');
  await bjarne.getByRole('button', { name: /^Rooms/ }).click();
  await shoot(bjarne, 'phone-rooms');
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const server = await startChat();
  try {
    await takeAll(server.url);
  } finally {
    await closeBrowser();
    await server.remove();
    removeBuild();
  }
}

void main();
