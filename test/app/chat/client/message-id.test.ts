import { messageId } from '../../../../app/chat/src/client/message-id';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('the id of a message', () => {
  it('is a random UUID', () => {
    expect(messageId()).toMatch(UUID);
  });

  it('is one also where the page came over plain http, which has no crypto.randomUUID', () => {
    const insecure = { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) };
    const ids = Array.from({ length: 100 }, () => messageId(insecure));
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(100);
  });
});
