import type { FailureCode } from '../../../app/chat/src/events';
import { Refusal, unavailable } from '../../../app/chat/src/refusal';

describe('a refusal', () => {
  it.each<[FailureCode, number]>([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['taken', 409],
    ['too-many', 429],
    ['unavailable', 503],
  ])('%s is status %d', (code, status) => {
    expect(new Refusal(code, 'No.').status).toBe(status);
  });

  it('tells code, sentence and how long to wait, and nothing else', () => {
    expect(new Refusal('too-many', 'Slowly.', 2_000).failure).toEqual({
      code: 'too-many',
      message: 'Slowly.',
      retryAfterMs: 2_000,
    });
    expect(Object.keys(new Refusal('invalid', 'No.').failure)).toEqual(['code', 'message']);
  });

  it('of what failed inside says nothing of the inside', () => {
    expect(unavailable().failure).toMatchObject({ code: 'unavailable', retryAfterMs: 1_000 });
  });
});
