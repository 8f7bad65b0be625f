import fc from 'fast-check';
import {
  accountId,
  accountName,
  messageId,
  messageText,
  password,
  roomId,
  roomName,
  seq,
} from '../../../app/chat/src/fields';
import { directId } from '../../../app/chat/src/stores/store';

const taken = (schema: { safeParse(value: unknown): { success: boolean } }, values: readonly unknown[]) =>
  values.filter((value) => schema.safeParse(value).success);

describe('a name of an account', () => {
  it('has letters of any script, digits, _ . and -, and begins with a letter or digit', () => {
    const names = ['ab', 'Ana', 'José', '李雷', 'नेहा', '4you', 'a_b.c-d', 'x'.repeat(32)];
    expect(taken(accountName, names)).toEqual(names);
  });

  it.each([
    ['is too short', 'a'],
    ['is too long', 'x'.repeat(33)],
    ['begins with a sign', '_ana'],
    ['has a blank', 'a b'],
    ['has a blank that does not look like one', 'a\u00a0b'],
    ['hides something', 'a\u200bb'],
    ['turns its direction', 'a\u202eb'],
    ['ends a line', 'ana\n'],
    ['has a control character', 'a\u0001b'],
    ['is a picture', '🙂🙂'],
    ['is markup', '<b>'],
    ['is no text', 42],
  ])('is refused where it %s', (_, name) => {
    expect(taken(accountName, [name])).toEqual([]);
  });

  it('is the same however its letters were put together', () => {
    expect(accountName.parse('Jose\u0301')).toBe('Jos\u00e9');
    expect(accountName.parse('\uff21na')).toBe('Ana');
  });
});

describe('a password', () => {
  it('has 8 to 128 characters of any kind', () => {
    const passwords = ['x'.repeat(8), ' '.repeat(8), 'é'.repeat(128)];
    expect(taken(password, [...passwords, 'x'.repeat(7), 'x'.repeat(129), 12_345_678, undefined])).toEqual(passwords);
  });

  it('is never part of the fault', () => {
    expect(JSON.stringify(password.safeParse('hush').error?.issues.map(({ message }) => message))).not.toContain(
      'hush',
    );
  });
});

describe('a name of a room', () => {
  it('may have blanks inside, none around', () => {
    expect(roomName.parse('  Weekend trip  ')).toBe('Weekend trip');
    expect(taken(roomName, ['ab', 'x'.repeat(40)])).toHaveLength(2);
  });

  it('is refused where it is too short, too long or has other signs', () => {
    expect(taken(roomName, ['a', ' a ', 'x'.repeat(41), '.room', 'a\nb', 'a\tb', 'a/b', 'a\u200bb', ''])).toEqual([]);
  });
});

describe('a message', () => {
  it('is any text that shows something', () => {
    const texts = ['x', '🙂', ' x\n', '<script>alert(1)</script>', '\u202ex', 'x'.repeat(4_000), '.'];
    expect(taken(messageText, texts)).toEqual(texts);
  });

  it('is refused where there is nothing to see, too much, or half a character', () => {
    const texts = [
      '',
      ' ',
      '\n\t',
      '\u200b',
      '\u00a0\u2028',
      '\u202e',
      '\u0000',
      'x'.repeat(4_001),
      'x\ud83d',
      '\ude42x',
    ];
    expect(taken(messageText, texts)).toEqual([]);
  });
});

describe('ids', () => {
  it('of accounts and rooms can name no other key of a store', () => {
    const hostile = [
      '',
      'a b',
      'a:b',
      'a/b',
      'a*',
      '..',
      '.a',
      'a.',
      'a.b.c',
      'a\n',
      '💥',
      'x'.repeat(37),
      null,
      {},
      ['a'],
    ];
    expect(taken(accountId, hostile)).toEqual([]);
    expect(taken(roomId, hostile)).toEqual([]);
    expect(taken(accountId, ['general', 'a-b_c', 'x'.repeat(36)])).toHaveLength(3);
  });

  it('of direct rooms are ids of rooms, whoever the two are', () => {
    fc.assert(fc.property(fc.uuid(), fc.uuid(), (one, other) => roomId.safeParse(directId(one, other)).success));
  });

  it('of messages have 8 to 64 characters', () => {
    expect(taken(messageId, ['x'.repeat(8), 'x'.repeat(64), 'A-b_c-42'])).toHaveLength(3);
    expect(taken(messageId, ['x'.repeat(7), 'x'.repeat(65), 'aaaa aaaa', 'aaaaaaa:'])).toEqual([]);
  });
});

it('a number of a message is whole, not below 0, and exact', () => {
  expect(taken(seq, [0, 1, Number.MAX_SAFE_INTEGER])).toHaveLength(3);
  expect(taken(seq, [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null])).toEqual([]);
});
