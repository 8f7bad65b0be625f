/** Two people, each on a browser and a server process of their own, with a real Redis between. */
import type { Page } from 'playwright-core';
import { startRedis } from '../../support/redis';
import { fieldOn, messageOn, openChat, say, settled, textsOn, titled } from './browser';
import { type ChatServer, startChat } from './chat-server';

jest.setTimeout(120_000);

describe('two people on two processes', () => {
  let servers: ChatServer[];
  let round = 0;
  let ana: Page;
  let ben: Page;
  let names: { ana: string; ben: string };

  beforeAll(async () => {
    const { url } = await startRedis();
    const settings = { REDIS_URL: url, MESSAGE_LIMIT: '5' };
    servers = await Promise.all([startChat(settings), startChat(settings)]);
  });
  beforeEach(async () => {
    round += 1;
    names = { ana: `Ana${round}`, ben: `Ben${round}` };
    ana = await openChat(servers[0]?.url ?? '', names.ana);
    ben = await openChat(servers[1]?.url ?? '', names.ben);
  });

  it('talk in one room, in one order', async () => {
    await say(ana, `good morning ${round}`);
    await messageOn(ben, `good morning ${round}`).waitFor();
    await say(ben, `and to you ${round}`);
    await messageOn(ana, `and to you ${round}`).waitFor();
    await Promise.all([settled(ana), settled(ben)]);
    expect(await textsOn(ana)).toEqual(await textsOn(ben));
  });

  it('see what a hostile message says, and nothing else happens', async () => {
    const hostile = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script> & \u202e${round}`;
    await say(ana, hostile);
    await messageOn(ben, String(round)).last().waitFor();
    expect((await textsOn(ben)).at(-1)).toBe(hostile);
    expect(await ben.locator('.log img, .log script').count()).toBe(0);
    expect(await ben.title()).not.toContain('taken');
  });

  it('see who writes, until the message is there', async () => {
    await fieldOn(ana).pressSequentially('hm');
    await ben.getByText(`${names.ana} is writing…`).waitFor();
    await ana.getByRole('button', { name: 'Send', exact: true }).click();
    await ben.getByText(`${names.ana} is writing…`).waitFor({ state: 'detached' });
  });

  it('see who is here, and who has left', async () => {
    await ana.getByRole('button', { name: `Write to ${names.ben}, online` }).waitFor();
    await ben.context().close();
    await ana.getByRole('button', { name: `Write to ${names.ben}, offline` }).waitFor();
  });

  it('talk in private, and see what is unread', async () => {
    await ana.getByRole('button', { name: `Write to ${names.ben}` }).click();
    await ana.getByRole('heading', { level: 1, name: names.ben }).waitFor();
    await say(ana, 'between us');
    const room = ben.getByRole('navigation').getByRole('button', { name: names.ana });
    await ben
      .getByRole('navigation')
      .getByRole('button', { name: `${names.ana}, online, 1 unread` })
      .waitFor();
    await titled(ben, '(1) General · Chat');
    await room.click();
    await messageOn(ben, 'between us').waitFor();
    await ben
      .getByRole('navigation')
      .getByRole('button', { name: `${names.ana}, online`, exact: true })
      .waitFor();
    await titled(ben, `${names.ana} · Chat`);
    await ben.reload();
    await ben.getByRole('heading', { level: 1, name: names.ana }).waitFor();
    await titled(ben, `${names.ana} · Chat`);
  });

  it('meet in a room that one of them makes', async () => {
    const name = `Garden ${round}`;
    await ana.getByRole('button', { name: 'Find or make a room' }).click();
    await ana.getByLabel('Name of a room').fill(name);
    await ana.getByRole('button', { name: `Make room “${name}”` }).click();
    await ana.getByRole('heading', { level: 1, name }).waitFor();
    await ben.getByRole('button', { name: 'Find or make a room' }).click();
    await ben.getByLabel('Name of a room').fill('garden');
    await ben.getByRole('dialog').getByRole('button', { name }).click();
    await ben.getByRole('heading', { level: 1, name }).waitFor();
    await say(ben, 'who waters?');
    await messageOn(ana, 'who waters?').waitFor();
  });

  it('are told where they wrote too fast, and nothing is lost', async () => {
    for (let count = 1; count <= 7; count += 1) await say(ana, `${count} of ${round}`);
    await ana.getByText('You are sending too fast.').first().waitFor();
    await messageOn(ben, `7 of ${round}`).waitFor();
    await settled(ana);
    const counted = (await textsOn(ben)).filter((text) => text.endsWith(` of ${round}`));
    expect(counted).toEqual(Array.from({ length: 7 }, (_, at) => `${at + 1} of ${round}`));
  });

  it('are shown the login when they log out, on every page of theirs', async () => {
    const second = await ana.context().newPage();
    await second.goto(servers[1]?.url ?? '');
    await ana.getByRole('button', { name: 'Log out' }).click();
    await ana.getByRole('button', { name: 'Log in' }).waitFor();
    await second.getByRole('button', { name: 'Log in' }).waitFor();
  });
});
