import { startChat } from '../../../app/chat/src/chat';
import { createLog } from '../../../app/common/src/http';
import { PAGE, runChat, settingsWith } from '../../support/chat';
import { dataOf } from '../../support/chat-browser';
import { temporaryFolder } from '../../support/copy';
import { freePort } from '../../support/port';
import { until } from '../../support/until';

jest.setTimeout(30_000);

describe('a process of the chat', () => {
  it('serves the page, and is alive and ready when it has started', async () => {
    const chat = await runChat();
    expect(await (await fetch(chat.url)).text()).toBe(PAGE);
    for (const path of ['/health', '/ready'])
      expect([path, (await fetch(chat.url + path)).status]).toEqual([path, 200]);
  });

  it('does not start without the page', async () => {
    const folder = temporaryFolder();
    await expect(startChat(settingsWith(), createLog('test', 'silent'), folder)).rejects.toThrow(
      'npm run build -w app/chat',
    );
  });

  it('does not start where Redis does not answer, and says where it looked', async () => {
    const settings = settingsWith({ REDIS_URL: `redis://127.0.0.1:${await freePort()}`, STORE_WAIT_SECONDS: 0 });
    await expect(startChat(settings, createLog('test', 'silent'), temporaryFolder())).rejects.toThrow(
      /^Redis at 127\.0\.0\.1/,
    );
  });
});

describe('the end of a process', () => {
  it('goes on serving, unready, until nobody routes to it; then sends clients away and is gone', async () => {
    const chat = await runChat({ SHUTDOWN_DELAY_SECONDS: 1 });
    const ana = await chat.register();
    const page = await ana.connect();
    dataOf(await page.join('general'));
    const end = chat.end();
    expect(chat.end()).toBe(end);
    const ready = await fetch(`${chat.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, reasons: ['draining'] }]);
    expect((await fetch(`${chat.url}/health`)).status).toBe(200);
    dataOf(await page.send('general', 'still here'));
    const late = await ana.connect();
    expect(await end).toBe(true);
    for (const one of [page, late]) {
      await until(() => one.ended !== undefined);
      expect([one.ended, one.told('drain')]).toEqual(['transport close', [{ reconnectInMs: expect.any(Number) }]]);
    }
    expect(page.texts('general')).toEqual(['still here']);
    await expect(fetch(`${chat.url}/health`)).rejects.toThrow();
  });

  it('gives what waits in a busy room before anybody is closed', async () => {
    const chat = await runChat({ MESSAGE_LIMIT: 1_000 });
    const page = await (await chat.register()).connect();
    dataOf(await page.join('general'));
    const sent = await Promise.all(Array.from({ length: 50 }, (_, at) => page.send('general', `${at}`)));
    for (const one of sent) dataOf(one);
    await chat.end();
    await until(() => page.ended !== undefined);
    expect(page.texts('general')).toHaveLength(50);
  });
});
