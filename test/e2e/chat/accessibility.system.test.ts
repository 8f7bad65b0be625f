/** Everybody can use it: axe finds nothing serious, and the keyboard alone is enough. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { DESKTOP, fieldOn, messageOn, openChat, openPage, PASSWORD, PHONE, say, settled } from './browser';
import { type ChatServer, startChat } from './chat-server';

jest.setTimeout(120_000);

const LOOKS = [
  ['light, desktop', { ...DESKTOP, colorScheme: 'light' }],
  ['dark, desktop', { ...DESKTOP, colorScheme: 'dark' }],
  ['light, phone', { ...PHONE, colorScheme: 'light' }],
  ['dark, phone', { ...PHONE, colorScheme: 'dark' }],
] as const;

/** Serious and critical faults that axe finds, with the elements. */
async function faultsOf(page: Page): Promise<string[]> {
  // There are no frames; without looking for them each round takes half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the chat', () => {
  let server: ChatServer;
  let round = 0;

  beforeAll(async () => {
    server = await startChat();
  });
  beforeEach(() => {
    round += 1;
  });

  it.each(LOOKS)('has no serious fault: %s', async (_, look) => {
    const page = await openPage(server.url, { ...look, reducedMotion: 'reduce' });
    await page.getByLabel('Name').fill('Nobody');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create an account' }).click();
    expect(await faultsOf(page)).toEqual([]);

    const chat = await openChat(server.url, `Ana${round}`, { ...look, reducedMotion: 'reduce' });
    const other = await openChat(server.url, `Ben${round}`);
    await say(other, `hello from the other side ${round}`);
    await messageOn(chat, `side ${round}`).waitFor();
    await say(chat, 'and hello from here');
    await settled(chat);
    // Half a character is no text: the server refuses it for good.
    await fieldOn(chat).evaluate((field, half) => Object.assign(field, { value: half }), 'half \ud83d');
    await fieldOn(chat).press('Space');
    await chat.getByRole('button', { name: 'Send', exact: true }).click();
    await chat.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await faultsOf(chat)).toEqual([]);

    if (look.viewport === PHONE.viewport) {
      await chat.getByRole('button', { name: 'People' }).click();
      await chat.getByRole('button', { name: `Write to Ben${round}` }).waitFor();
      expect(await faultsOf(chat)).toEqual([]);
      await chat.keyboard.press('Escape');
      await chat.getByRole('button', { name: /^Rooms/ }).click();
      expect(await faultsOf(chat)).toEqual([]);
    }
    await chat.getByRole('button', { name: 'Find or make a room' }).click();
    await chat.getByRole('dialog').getByRole('button', { name: 'General' }).waitFor();
    expect(await faultsOf(chat)).toEqual([]);
  });

  it('can be used with the keyboard alone, from the first page to a message in another room', async () => {
    const page = await openPage(server.url);
    const { keyboard } = page;
    const focused = () => page.locator(':focus');
    const tabTo = async (name: string | RegExp) => {
      const target = focused().and(page.getByRole('button', { name }).or(page.getByRole('textbox', { name })));
      for (let count = 0; count < 40 && (await target.count()) === 0; count += 1) await keyboard.press('Tab');
      expect(await target.count()).toBe(1);
    };
    await tabTo('Create an account');
    await keyboard.press('Enter');
    await tabTo('Name');
    await keyboard.type('Keys');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');

    await focused().and(fieldOn(page)).waitFor();
    await keyboard.type('first line');
    await keyboard.press('Shift+Enter');
    await keyboard.type('second line');
    await keyboard.press('Enter');
    await messageOn(page, 'first line').waitFor();
    await focused().and(fieldOn(page)).waitFor();

    await tabTo('Find or make a room');
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await focused()
      .and(page.getByRole('button', { name: 'Find or make a room' }))
      .waitFor();
    await keyboard.press('Enter');
    await focused().and(page.getByLabel('Name of a room')).waitFor();
    await keyboard.type('Quiet corner');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Quiet corner' }).waitFor();
    await focused().and(fieldOn(page)).waitFor();
    await keyboard.type('nobody hears me');
    await keyboard.press('Enter');
    await messageOn(page, 'nobody hears me').waitFor();
  });

  it('lets whoever does not want to pass every room skip to writing', async () => {
    const page = await openChat(server.url, 'Skipper');
    await page.getByRole('heading', { level: 1 }).click();
    await page.getByRole('link', { name: 'Skip to writing a message' }).focus();
    await page.keyboard.press('Enter');
    await page.locator(':focus').and(fieldOn(page)).waitFor();
  });

  it('gives a drawer’s focus back where it came from, and keeps it out of what lies behind', async () => {
    const page = await openChat(server.url, 'Drawer', PHONE);
    const menu = page.getByRole('button', { name: 'Rooms', exact: true });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.locator('.sidebar button:focus').waitFor();
    for (let count = 0; count < 8; count += 1) await page.keyboard.press('Tab');
    expect(await page.locator('main :focus').count()).toBe(0);
    await page.locator('.sidebar button').first().focus();
    await page.keyboard.press('Escape');
    await menu.and(page.locator(':focus')).waitFor();
    expect(await page.locator('.sidebar').getAttribute('inert')).not.toBeNull();
  });

  it('fits a phone of 360 pixels, whatever somebody writes', async () => {
    const page = await openChat(server.url, 'Narrow', PHONE);
    await say(page, 'w'.repeat(500));
    await settled(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.getByRole('log').evaluate((log) => log.scrollWidth === log.clientWidth)).toBe(true);
  });
});
