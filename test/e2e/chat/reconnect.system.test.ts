/** What a person sees when a server goes and comes back: that it is gone, that it is back, and every message once. */
import type { Page } from 'playwright-core';
import { startRedis } from '../../support/redis';
import { fieldOn, messageOn, openChat, say, settled, textsOn, titled } from './browser';
import { type ChatServer, startChat } from './chat-server';

jest.setTimeout(120_000);

const banner = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
/** The messages of a test, which are not those of others in the same room. */
const textsOf = async (page: Page, mark: string) => (await textsOn(page)).filter((text) => text.endsWith(mark));

describe('a person whose server goes away', () => {
  let mine: ChatServer;
  let other: ChatServer;

  beforeAll(async () => {
    const { url } = await startRedis();
    [mine, other] = await Promise.all([startChat({ REDIS_URL: url }), startChat({ REDIS_URL: url })]);
  });
  beforeEach(() => mine.restart());

  it('is told so, writes on, and finds every message once when it is back', async () => {
    const ana = await openChat(mine.url, 'Ana');
    const ben = await openChat(other.url, 'Ben');
    await say(ana, '1 before');
    await messageOn(ben, '1 before').waitFor();
    await mine.kill();
    await banner(ana, 'Connection lost').waitFor();
    await say(ana, '2 before');
    await say(ana, '3 before');
    await say(ben, '4 before');
    await messageOn(ben, '4 before').waitFor();
    expect(await textsOf(ana, 'before')).toEqual(['1 before', '2 before', '3 before']);
    await mine.restart();
    await banner(ana, 'Connected again').waitFor();
    await settled(ana);
    await messageOn(ben, '3 before').waitFor();
    const seen = ['1 before', '4 before', '2 before', '3 before'];
    expect(await textsOf(ben, 'before')).toEqual(seen);
    expect(await textsOf(ana, 'before')).toEqual(seen);
    await banner(ana, 'Connected again').waitFor({ state: 'detached' });
  });

  it('sees what was not sent within a minute, and sends it with one press, once', async () => {
    const ana = await openChat(mine.url, 'Ada');
    const ben = await openChat(other.url, 'Bea');
    await ana.clock.install();
    await mine.kill();
    await say(ana, '1 retried');
    await say(ana, '2 discarded, not retried');
    await ana.clock.fastForward('01:01');
    await ana.getByText('Not sent: the chat was not reached.').nth(1).waitFor();
    await ana.getByText('A message was not sent.').waitFor({ state: 'attached' });
    await ana.getByRole('button', { name: 'Delete' }).last().click();
    await mine.restart();
    await ana.getByRole('button', { name: 'Try again' }).click();
    await messageOn(ben, '1 retried').waitFor();
    await settled(ana);
    expect(await textsOf(ana, 'retried')).toEqual(['1 retried']);
    expect(await textsOf(ben, 'retried')).toEqual(['1 retried']);
  });

  it('need not read again what was read while the server was away', async () => {
    const ana = await openChat(mine.url, 'Ava');
    const ben = await openChat(other.url, 'Bo');
    await ben.getByRole('button', { name: 'Write to Ava' }).click();
    await ben.getByRole('heading', { level: 1, name: 'Ava' }).waitFor();
    await say(ben, 'read me');
    const room = ana.getByRole('navigation').getByRole('button', { name: /^Bo/ });
    await room.and(ana.getByRole('button', { name: /1 unread/ })).waitFor();
    await mine.kill();
    await banner(ana, 'Connection lost').waitFor();
    await room.click();
    await messageOn(ana, 'read me').waitFor();
    await titled(ana, 'Bo · Chat');
    await ana.getByRole('navigation').getByRole('button', { name: 'General' }).click();
    await mine.restart();
    await banner(ana, 'Connected again').waitFor();
    await banner(ana, 'Connected again').waitFor({ state: 'detached' });
    await ana.reload();
    await room.waitFor();
    expect(await room.getAttribute('aria-label')).not.toContain('unread');
    expect(await ana.getByRole('heading', { level: 1 }).textContent()).toBe('General');
  });

  it('keeps what was begun', async () => {
    const ana = await openChat(mine.url, 'Alma');
    await fieldOn(ana).fill('half a');
    await mine.restart();
    await fieldOn(ana).pressSequentially(' sentence');
    await ana.keyboard.press('Enter');
    await settled(ana);
    expect((await textsOn(ana)).at(-1)).toBe('half a sentence');
  });

  it('sees the login when the server no longer knows it', async () => {
    const ana = await openChat(mine.url, 'Anja');
    await ana.context().clearCookies();
    await mine.restart();
    await ana.getByText('You were logged out. Log in again.').waitFor();
  });
});
