import { inserted, retried } from '../../../../../app/chat/src/stores/mysql/errors';

const failure = (errno: number) => Object.assign(new Error(`error ${errno}`), { errno });
/** Fails with these numbers, one an attempt, and succeeds then. */
function failing(...errnos: number[]) {
  const attempts = { count: 0 };
  const run = async () => {
    const errno = errnos[attempts.count];
    attempts.count += 1;
    if (errno !== undefined) throw failure(errno);
    return 'stored';
  };
  return { attempts, run };
}

describe('a transaction', () => {
  it.each([
    ['a deadlock', 1213],
    ['a wait for a lock', 1205],
  ])('is tried again after %s', async (_, errno) => {
    expect(await retried(failing(errno, errno, errno).run)).toBe('stored');
  });

  it('is given up after the fourth attempt', async () => {
    const { run, attempts } = failing(1213, 1213, 1213, 1213, 1213);
    await expect(retried(run)).rejects.toThrow('error 1213');
    expect(attempts.count).toBe(4);
  });

  it('is not tried again after any other error', async () => {
    const { run, attempts } = failing(1064);
    await expect(retried(run)).rejects.toThrow('error 1064');
    expect(attempts.count).toBe(1);
  });
});

describe('an insert', () => {
  it('tells whether the key was free', async () => {
    expect(await inserted(failing().run)).toBe(true);
    expect(await inserted(failing(1062).run)).toBe(false);
  });

  it('is tried again like a transaction, and fails with any other error', async () => {
    expect(await inserted(failing(1213).run)).toBe(true);
    await expect(inserted(failing(1406).run)).rejects.toThrow('error 1406');
  });
});
