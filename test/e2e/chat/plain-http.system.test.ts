/** A host without TLS, under a name that is not localhost: browsers give such a page fewer functions and take no secure cookie. */
import { messageOn, openChat, say, settled } from './browser';
import { startChat } from './chat-server';

jest.setTimeout(120_000);

it('the chat works over plain http', async () => {
  const { url } = await startChat({ COOKIE_SECURE: 'false' }, 'chat.test');
  const page = await openChat(url, 'Ana');
  expect(await page.evaluate('isSecureContext')).toBe(false);
  await say(page, 'hello from afar');
  await settled(page);
  await page.reload();
  await messageOn(page, 'hello from afar').waitFor();
  expect(await page.context().cookies()).toEqual([
    expect.objectContaining({ name: 'chat', httpOnly: true, secure: false, sameSite: 'Strict' }),
  ]);
});
