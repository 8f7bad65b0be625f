import { createLimits, type LimitName } from '../../../app/chat/src/limits';
import { Refusal } from '../../../app/chat/src/refusal';

const limitsOf = ({ messages = 30, addressFactor = 1 } = {}) => createLimits({ messages, addressFactor });

/** How often somebody may do it before they are refused, and what they are told then. */
async function exhaust(limits: ReturnType<typeof createLimits>, limit: LimitName, who: string) {
  for (let count = 0; count < 10_000; count += 1) {
    try {
      await limits.spend(limit, who);
    } catch (error) {
      return { count, refusal: error as Refusal };
    }
  }
  throw new Error(`${limit} has no end`);
}

describe('a limit', () => {
  it.each<[LimitName, number, RegExp]>([
    ['message', 30, /^You are sending too fast\. Try again in \d+ seconds?\.$/],
    ['login', 10, /^Too many attempts to log in\. Try again in 5 minutes\.$/],
    ['address', 100, /^Too many attempts from this network\. Try again in 5 minutes\.$/],
    ['register', 20, /^Too many new accounts from this network\. Try again in 60 minutes\.$/],
    ['room', 20, /^You made many rooms in a short time\. Try again in 10 minutes\.$/],
    ['request', 300, /^You ask too often\. Try again in \d+ seconds?\.$/],
  ])('%s is %d times, and says when to come back', async (limit, times, told) => {
    const { count, refusal } = await exhaust(limitsOf(), limit, 'ana');
    expect(count).toBe(times);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.code).toBe('too-many');
    expect(refusal.message).toMatch(told);
    expect(refusal.retryAfterMs).toBeGreaterThanOrEqual(1_000);
  });

  it('is each person’s own, and each thing’s own', async () => {
    const limits = limitsOf({ messages: 1 });
    await exhaust(limits, 'message', 'ana');
    await limits.spend('message', 'ben');
    await limits.spend('request', 'ana');
  });

  it('by address is larger where many people share one; guessing one password is not', async () => {
    const limits = limitsOf({ addressFactor: 3 });
    expect((await exhaust(limits, 'address', 'a')).count).toBe(300);
    expect((await exhaust(limits, 'register', 'a')).count).toBe(60);
    expect((await exhaust(limits, 'login', 'a')).count).toBe(10);
  });

  it('of messages is what the settings say', async () => {
    expect((await exhaust(limitsOf({ messages: 3 }), 'message', 'ana')).count).toBe(3);
  });
});

describe('time', () => {
  it('gives it back', async () => {
    jest.useFakeTimers();
    const limits = limitsOf({ messages: 1 });
    await limits.spend('message', 'ana');
    await expect(limits.spend('message', 'ana')).rejects.toThrow('Try again in 10 seconds.');
    await jest.advanceTimersByTimeAsync(10_001);
    await limits.spend('message', 'ana');
    jest.useRealTimers();
  });
});
