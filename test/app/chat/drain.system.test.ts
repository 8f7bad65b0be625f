/** How a process of the chat leaves: told by SIGTERM, with people connected to it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../../app/chat/src/events';
import { settle, until } from '../../chaos/chaos';
import { type Stage, setStage } from '../../chaos/stage';

const stages: Stage[] = [];
afterEach(() => Promise.all(stages.splice(0).map((stage) => stage.close())));

async function set(processes: number, clients: number) {
  const stage = await setStage({ store: 'redis', processes, clients });
  stages.push(stage);
  await until(() => stage.guests.every(({ isOnline }) => isOnline));
  const [leaving, staying = leaving] = stage.pods;
  const [guest] = stage.guests;
  if (!leaving || !staying || !guest) throw new Error('nobody is on the stage');
  return { stage, leaving, staying, guest };
}

describe('a process that is told to leave', () => {
  it('is unready at once, lives to the end, and sends its clients to the others, who miss nothing', async () => {
    const { stage, leaving, staying, guest } = await set(2, 6);
    const { guests, rooms } = stage;
    const writing = setInterval(() => guest.say(rooms[0] as string, 'still here'), 20);
    const told = leaving.logged('shutting down');
    leaving.signal('SIGTERM');
    await told;
    expect((await leaving.get('/ready')).status).toBe(503);

    let left = false;
    const ended = leaving.ended().finally(() => {
      left = true;
    });
    const answers: number[] = [];
    while (!left) {
      const answer = await leaving.get('/health').catch(() => undefined);
      if (answer) answers.push(answer.status);
    }
    expect(await ended).toBe(0);
    expect(new Set(answers)).toEqual(new Set([200]));
    expect((await staying.get('/ready')).status).toBe(200);

    await until(() => guests.every(({ isOnline }) => isOnline));
    clearInterval(writing);
    const { sent, deliveries, filtered, ...faults } = await settle(stage);
    expect(Math.min(sent, deliveries)).toBeGreaterThan(0);
    expect([...new Set(Object.values(faults))]).toEqual([0]);
    // Round robin has put every second one there.
    expect(guests.map(({ record }) => record.drains).sort()).toEqual([0, 0, 0, 1, 1, 1]);
    expect(guests.every(({ resumes, record }) => resumes.length === record.drains)).toBe(true);
  }, 60_000);

  it('takes nobody along who is connected to another one, and leaves nobody online who is gone', async () => {
    const { stage, leaving, guest } = await set(2, 4);
    const online = async () => {
      const { users } = await guest.person.get<{ users: Person[] }>('/users');
      return users.flatMap((person) => (person.online ? person.name : []));
    };
    // Both processes answer, in turn, and one hears of it later than the other: both have to agree, twice.
    const nowOnline = async (count: number) => {
      for (let agreed = 0; agreed < 4; ) {
        agreed = (await online()).length === count ? agreed + 1 : 0;
        if (agreed === 0) await sleep(100);
      }
    };
    // Its clients have gone to the other process; nobody else can answer for them.
    await leaving.stop();
    await until(() => stage.guests.every(({ isOnline }) => isOnline));
    await leaving.start();
    await nowOnline(4);
    await stage.guests[3]?.leave();
    await nowOnline(3);
    expect(await online()).toEqual(['guest-0', 'guest-1', 'guest-2']);
  }, 60_000);

  it('leaves once, however often it is told', async () => {
    const { stage, leaving } = await set(1, 2);
    const told = leaving.logged('shutting down');
    leaving.signal('SIGTERM');
    await told;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGINT'] as const) leaving.signal(signal);
    expect(await leaving.ended()).toBe(0);
    expect(stage.guests.map(({ record }) => record.drains)).toEqual([1, 1]);
  }, 60_000);

  it('does not wait for a client that is gone without a word, nor for a connection on which nothing was ever asked', async () => {
    const { leaving, guest } = await set(1, 1);
    guest.line.silence();
    const unused = connect(leaving.port, '127.0.0.1');
    await once(unused, 'connect');
    expect(await leaving.stop()).toBe(0);
    unused.destroy();
  }, 60_000);

  it.each(['kill', 'freeze'] as const)(
    'ends in order although Redis is away: %s',
    async (way) => {
      const { stage, leaving } = await set(1, 2);
      await stage.redis?.[way]();
      await leaving.stop();
      expect(leaving.output).toContain('"msg":"ended"');
      expect(leaving.output).not.toContain('the shutdown took more than');
    },
    60_000,
  );
});
