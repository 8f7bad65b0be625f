import { randomBytes } from 'node:crypto';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Made anew for each run, so that no secret stands in a file. */
export const PASSWORD = randomBytes(12).toString('hex');

export const PHONE = { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true };
export const DESKTOP = { viewport: { width: 1280, height: 800 } };

let browser: Promise<Browser> | undefined;
/** What must never happen on any page: scripts that fail, and content that the policy had to stop. */
const faults: string[] = [];

if ('afterAll' in globalThis) {
  afterEach(async () => {
    for (const context of (await browser)?.contexts() ?? []) await context.close();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => closeBrowser());
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** A page of a browser that shares nothing with the others: its own cookies, its own person. Host chat.test is this machine. */
export async function openPage(url: string, options: BrowserContextOptions = DESKTOP): Promise<Page> {
  browser ??= chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--host-resolver-rules=MAP chat.test 127.0.0.1'],
  });
  const context = await (await browser).newContext(options);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.text().includes('Content Security Policy') && faults.push(message.text()));
  await page.goto(url);
  return page;
}

/** Makes an account on the page and waits until its chat stands. */
export async function register(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { level: 1, name: 'General' }).waitFor();
}

/** A page with an account of its own in room General. */
export async function openChat(url: string, name: string, options?: BrowserContextOptions): Promise<Page> {
  const page = await openPage(url, options);
  await register(page, name);
  return page;
}

/** Where a message is written. */
export const fieldOn = (page: Page) => page.getByRole('textbox', { name: /^Message / });

export async function say(page: Page, text: string): Promise<void> {
  await fieldOn(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** The text of a message, wherever it stands in the open room. */
export const messageOn = (page: Page, text: string) => page.locator('.message .text', { hasText: text });

/** Texts of the open room from top to bottom. */
export const textsOn = (page: Page) => page.locator('.message .text').allTextContents();

/** Waits until every message of the person's own has been stored and shown. */
export const settled = (page: Page) => page.locator('.waiting, .failed').first().waitFor({ state: 'detached' });

/** Waits until this is all that the browser's tab says. */
export const titled = (page: Page, title: string) =>
  page.locator(`xpath=//title[text()="${title}"]`).waitFor({ state: 'attached' });
