/** A short form of `npm run chaos:chat`: everything breaks once while people write, and nothing is lost. */
import { runChaos } from '../../chaos/chaos';
import { setStage } from '../../chaos/stage';

const HURT = { senders: 4, rate: 10, seed: 5, silenced: 0 };
const CONNECTIONS = ['TCP cut', 'TCP silent, then late', 'transport closed by the client'];
const PROCESSES = ['SIGTERM of a process', 'kill -9 of a process'];
const REDIS = ['SIGSTOP of Redis', 'kill -9 of Redis'];

describe('through all of it, the chat loses nothing, shows nothing twice and keeps one order', () => {
  it.each([
    { store: 'memory', seconds: 8, hurt: CONNECTIONS },
    { store: 'redis', seconds: 1, hurt: [...REDIS, ...PROCESSES, ...CONNECTIONS] },
    { store: 'mysql', seconds: 1, hurt: [...REDIS, 'kill -9 of MariaDB', ...PROCESSES, ...CONNECTIONS] },
  ] as const)(
    'with store $store',
    async ({ store, seconds, hurt }) => {
      const stage = await setStage({ store, clients: 12 });
      try {
        const { tally, faults } = await runChaos(stage, { ...HURT, seconds });
        expect([...faults.keys()].sort()).toEqual([...hurt].sort());
        expect(tally).toEqual({
          ...{ sent: expect.any(Number), deliveries: expect.any(Number), filtered: expect.any(Number), notSent: 0 },
          ...{ missing: 0, storedTwice: 0, falseAcknowledgements: 0, lostAtSocket: 0, lostOnClient: 0 },
          ...{ shownTwice: 0, holes: 0, orderDiffers: 0, reloads: 0 },
        });
        expect(tally.sent).toBeGreaterThan(100);
        expect(tally.deliveries).toBeGreaterThan(10 * tally.sent * 0.7);
      } finally {
        await stage.close();
      }
    },
    180_000,
  );
});
