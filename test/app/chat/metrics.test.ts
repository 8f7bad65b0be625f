import { ORIGIN, runChat, type TestChat } from '../../support/chat';
import { type Connection, dataOf, type Member } from '../../support/chat-browser';
import { freePort } from '../../support/port';
import { RawSocket } from '../../support/raw-socket';
import { until } from '../../support/until';

jest.setTimeout(60_000);

let chat: TestChat;
let ana: Member;
let page: Connection;
let metricsPort: number;
beforeAll(async () => {
  metricsPort = await freePort();
  chat = await runChat({ METRICS_PORT: metricsPort, MESSAGE_LIMIT: 100_000 });
  ana = await chat.register();
  page = await ana.connect();
  dataOf(await page.join('general'));
});

/** Every sample by its name with its labels. */
async function read(): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('the metrics of a chat', () => {
  it('are on their own port, and not on the public one', async () => {
    expect((await fetch(`${chat.url}/metrics`)).status).toBe(404);
    expect(await read()).toHaveProperty('process_cpu_seconds_total');
  });

  it('say who is here, in how many rooms, and whether requests should come', async () => {
    await until(async () => (await read()).chat_people_online === 1);
    expect(await read()).toMatchObject({ chat_connections: 1, chat_rooms: 1, chat_people_online: 1, chat_ready: 1 });
  });

  it('count messages once and their deliveries once for each connection', async () => {
    const other = await (await chat.register()).connect();
    dataOf(await other.join('general'));
    const before = await read();
    for (const text of ['one', 'two', 'three']) dataOf(await page.send('general', text));
    await until(() => other.texts('general').length === 3);
    const after = await read();
    const grown = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
    expect(grown('chat_messages_stored_total')).toBe(3);
    expect(grown('chat_deliveries_total')).toBe(6);
    expect(grown('chat_batch_messages_sum')).toBe(3);
    other.close();
    await until(async () => (await read()).chat_connections === 1);
  });

  it('count rooms entered again, by whether that left a hole', async () => {
    const before = await read();
    const { epoch, head } = dataOf(await page.join('general'));
    dataOf(await page.join('general', { after: head, epoch }));
    const after = await read();
    for (const outcome of ['resumed', 'loaded']) {
      const name = `chat_resumes_total{outcome="${outcome}"}`;
      expect([name, (after[name] ?? 0) - (before[name] ?? 0)]).toEqual([name, 1]);
    }
  });

  it('count refusals by code, over HTTP and over sockets', async () => {
    const before = await read();
    await chat.visitor().get('/me');
    await page.join('none');
    await ana.get('/rooms/none/messages');
    const after = await read();
    expect(
      (after['chat_refused_total{code="unauthenticated"}'] ?? 0) -
        (before['chat_refused_total{code="unauthenticated"}'] ?? 0),
    ).toBe(1);
    expect(
      (after['chat_refused_total{code="not-found"}'] ?? 0) - (before['chat_refused_total{code="not-found"}'] ?? 0),
    ).toBe(2);
  });

  it('count clients that were cut because they took nothing, and how much had waited', async () => {
    const raw = await RawSocket.open(chat.url, { origin: ORIGIN, cookie: ana.cookie });
    raw.send('40');
    await until(() => raw.texts.some((text) => text.startsWith('40')));
    raw.send('420["room:join",{"room":"general"}]');
    await until(() => raw.texts.some((text) => text.startsWith('430')));
    raw.socket.pause();
    const cut = async () => {
      const samples = await read();
      return (
        (samples['chat_slow_clients_cut_total{reason="bytes"}'] ?? 0) +
        (samples['chat_slow_clients_cut_total{reason="stalled"}'] ?? 0)
      );
    };
    while ((await cut()) === 0) {
      await Promise.all(Array.from({ length: 40 }, () => page.send('general', '語'.repeat(4_000))));
    }
    expect((await read()).chat_slow_client_bytes_max).toBeGreaterThan(0);
    expect(page.ended).toBeUndefined();
  });

  it('say that nothing more should come as soon as the process is about to leave', async () => {
    await chat.steps[0]?.run();
    expect(await read()).toMatchObject({ chat_ready: 0 });
  });
});
