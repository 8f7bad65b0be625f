/** Reading back: older messages come as they are needed, and what is being read stays where it is. */
import type { Page } from 'playwright-core';
import { messageOn, openChat, say, settled } from './browser';
import { type ChatServer, startChat } from './chat-server';

jest.setTimeout(120_000);

/** More than two pages of history. */
const COUNT = 120;

describe('somebody who scrolls back', () => {
  let server: ChatServer;
  let page: Page;
  const log = () => page.getByRole('log');
  const scrollTo = (to: 'top' | 'end') =>
    log().evaluate((element, top) => element.scrollTo(0, top ? 0 : 1e9), to === 'top');

  beforeAll(async () => {
    server = await startChat({ MESSAGE_LIMIT: '1000' });
    page = await openChat(server.url, 'Writer');
    for (let number = 1; number <= COUNT; number += 1) await say(page, `message ${number}.`);
    await settled(page);
  });
  beforeEach(async () => {
    page = await openChat(server.url, `Reader${expect.getState().currentTestName?.length}`);
    await messageOn(page, `message ${COUNT}.`).waitFor();
  });

  it('begins at the newest message, with a page of those before', async () => {
    const last = await messageOn(page, `message ${COUNT}.`).boundingBox();
    const frame = await log().boundingBox();
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
    expect(await messageOn(page, 'message 1.').count()).toBe(0);
  });

  it('finds the line that was being read where it was, with older ones above', async () => {
    // In one go: whatever is loaded is loaded after this.
    const before = await log().evaluate((element) => {
      element.scrollTo(0, 0);
      const first = element.querySelector('.message .text');
      return { text: first?.textContent ?? '', y: first?.getBoundingClientRect().top ?? 0 };
    });
    await messageOn(page, `message ${Number(/\d+/.exec(before.text)) - 1}.`).waitFor({ state: 'attached' });
    const after = await messageOn(page, before.text).boundingBox();
    expect(Math.abs((after?.y ?? 0) - before.y)).toBeLessThan(2);
  });

  it('comes to the beginning, and every message stands there once', async () => {
    await page.getByText('Loading earlier messages…').waitFor();
    while ((await page.getByText('Here begins General.').count()) === 0) await scrollTo('top');
    const texts = await page.locator('.message .text').allTextContents();
    expect(texts).toEqual(Array.from({ length: COUNT }, (_, at) => `message ${at + 1}.`));
  });

  it('is not pulled away by a new message, and gets to it with one press', async () => {
    await scrollTo('top');
    const other = await openChat(server.url, 'Interrupter');
    await say(other, 'hello up there');
    await page.getByRole('button', { name: 'New messages' }).click();
    await messageOn(page, 'hello up there').waitFor();
    await page.getByRole('button', { name: 'New messages' }).waitFor({ state: 'hidden' });
  });
});
