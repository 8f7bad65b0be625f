import { Unreachable } from '../../../../tools/deploy/api/error';
import type { Tell } from '../../../../tools/deploy/secrets/exec';
import { planChanges } from '../../../../tools/deploy/secrets/plan';
import { type LiveSecret, presentOf } from '../../../../tools/deploy/secrets/present';
import { rotateAndWrite } from '../../../../tools/deploy/secrets/rotate';
import { Refused } from '../../../../tools/parse/parse';
import { secretOf } from './contract';

/** A database that knows two passwords, refuses what it is told to refuse, and loses the answers that it is told to. */
class Database {
  readonly passwords: Record<string, string> = { password: 'old-p', root: 'old-r' };
  refuses: readonly string[] = [];
  silentAbout: readonly string[] = [];
  readonly heard: string[] = [];

  readonly tell: Tell = async ({ command }, [next, before]) => {
    const [, key = ''] = command;
    this.heard.push(next);
    if (this.refuses.includes(next) || ![before, next].includes(this.passwords[key] ?? '')) return 'denied';
    this.passwords[key] = next;
    return this.silentAbout.includes(next) ? 'no answer' : undefined;
  };
}

const old = { password: 'old-p', root: 'old-r' };
const fresh = { password: 'new-p', root: 'new-r' };

function changeOfBoth() {
  const live: LiveSecret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name: 'db', uid: '1', resourceVersion: '1', creationTimestamp: '' },
    data: Object.fromEntries(Object.entries(old).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  };
  const given = Object.entries(fresh).map(([key, value]) => ({
    ...{ secret: 'db', key, from: 'test' },
    value: Buffer.from(value),
  }));
  const circumstances = { namespace: 'ns', at: new Date(), rotate: true, started: new Set(['db-0']) };
  const [change] = planChanges([presentOf(secretOf('db'), live)], given, circumstances);
  if (!change) throw new Error('nothing is planned');
  return change;
}

const attempt = async (database: Database, write: () => Promise<void>) => {
  try {
    await rotateAndWrite(changeOfBoth(), database.tell, write);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    expect(error.message).not.toMatch(/(old|new)-[pr]/);
    return error.message;
  }
};

describe('a rotation', () => {
  it('changes the database before its Secret', async () => {
    const database = new Database();
    let atWriting = {};
    await attempt(database, async () => {
      atWriting = { ...database.passwords };
    });
    expect(atWriting).toEqual(fresh);
  });

  it.each(['new-p', 'new-r'])(
    'that the database refuses (%s) writes nothing and changes back what was changed',
    async (value) => {
      const database = new Database();
      database.refuses = [value];
      let written = false;
      const message = await attempt(database, async () => {
        written = true;
      });
      expect(message).toMatch(/db-0 did not change it: denied\nEverything is as it was\.$/);
      expect(database.passwords).toEqual(old);
      expect(written).toBe(false);
    },
  );

  it('whose answer gets lost is changed back: it may have happened', async () => {
    const database = new Database();
    database.silentAbout = ['new-r'];
    expect(await attempt(database, async () => undefined)).toMatch(/Everything is as it was\.$/);
    expect(database.passwords).toEqual(old);
  });

  it('whose Secret is refused is changed back, and says why', async () => {
    const database = new Database();
    const message = await attempt(database, () => Promise.reject(new Error('quota exceeded')));
    expect(message).toBe('Secret db: was not written: quota exceeded\nEverything is as it was.');
    expect(database.passwords).toEqual(old);
  });

  it('is changed back backwards: a later password may be what an earlier one is changed with', async () => {
    const database = new Database();
    await attempt(database, () => Promise.reject(new Error('quota exceeded')));
    expect(database.heard).toEqual(['new-p', 'new-r', 'old-r', 'old-p']);
  });

  it('that cannot be changed back names what differs, and the way out', async () => {
    const database = new Database();
    database.refuses = ['old-r'];
    const message = await attempt(database, () => Promise.reject(new Error('quota exceeded')));
    expect(message).toContain('db/root: could not be changed back (denied)');
    expect(message).toContain('Run the same command again with the same values');
    expect(database.passwords).toEqual({ password: 'old-p', root: 'new-r' });
  });

  it('is not changed back where the Secret may have been written, and may be repeated', async () => {
    const database = new Database();
    const message = await attempt(database, () => Promise.reject(new Unreachable('PATCH', new Error('reset'))));
    expect(message).toContain('whether Secret db was written is not known');
    expect(database.passwords).toEqual(fresh);
    expect(await attempt(database, async () => undefined)).toBeUndefined();
    expect(database.passwords).toEqual(fresh);
  });
});
