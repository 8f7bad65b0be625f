import fc from 'fast-check';
import { channelOf, decodePublished, encodePublished, newEpoch } from '../../../../app/chat/src/fanout/log';

describe('what travels on a room’s channel', () => {
  it('comes out as it went in, whatever the text is', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.nat(), texts, texts, (seq, text, name) => {
        const draft = { id: 'message-1', author: 'ana', name, text, at: 7 };
        const head = { seq, epoch: newEpoch() };
        expect(decodePublished(encodePublished(head, JSON.stringify(draft)))).toEqual({
          head,
          message: { ...draft, seq },
        });
      }),
    );
  });

  it('has the number of the channel, not one that the draft brings', () => {
    expect(decodePublished('7 a {"seq":9}')?.message.seq).toBe(7);
  });

  it.each(['', '7', '7 a', '7 a x', '-7 a {}', 'x a {}', '7 a-b {}', ' 7 a {}', '7 a {} '])(
    'is nothing where it is %j',
    (text) => {
      expect(decodePublished(text)).toBeUndefined();
    },
  );
});

it('a room’s channel is one that user chat of Redis may have', () => {
  expect(channelOf('general')).toBe('chat:room:general');
});

it('names of numberings never come twice, and are one word', () => {
  const epochs = Array.from({ length: 1_000 }, newEpoch);
  expect(new Set(epochs).size).toBe(1_000);
  for (const epoch of epochs) expect(epoch).toMatch(/^\w+$/);
});
