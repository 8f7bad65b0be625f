import type { Message, Room } from '../../../../app/chat/src/events';
import { Conversation } from '../../../../app/chat/src/page/conversation';

const room = (fields: Partial<Room> = {}): Room => ({
  id: 'r',
  kind: 'public',
  name: 'R',
  epoch: 'a',
  head: 10,
  read: 8,
  ...fields,
});
const messages = (from: number, to: number, author = 'ben'): Message[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({
    seq: from + at,
    id: `${from + at}`,
    author,
    name: author,
    text: 'hello',
    at: 0,
  }));
const seqs = ({ messages: shown }: Conversation) => shown.map(({ seq }) => seq);

describe('a room as the page knows it', () => {
  it('has unread what came after the last that was read', () => {
    const conversation = new Conversation(room(), 'ana');
    expect(conversation.unread).toBe(2);
    conversation.append(messages(11, 12));
    expect(conversation.unread).toBe(4);
    conversation.markRead(12);
    expect(conversation.unread).toBe(0);
  });

  it('takes what stands above an own message for read', () => {
    const conversation = new Conversation(room(), 'ana');
    conversation.append([...messages(11, 11, 'ana'), ...messages(12, 12)]);
    expect(conversation.unread).toBe(1);
  });

  it('never goes back in what was read', () => {
    const conversation = new Conversation(room(), 'ana');
    expect(conversation.markRead(10)).toBe(true);
    expect(conversation.markRead(9)).toBe(false);
    expect(conversation.unread).toBe(0);
  });

  it('loads its history from where the live messages begin', () => {
    const conversation = new Conversation(room(), 'ana');
    conversation.append(messages(11, 11));
    expect(conversation.older).toBe(11);
    conversation.prepend(messages(8, 10).reverse(), 8);
    expect(seqs(conversation)).toEqual([8, 9, 10, 11]);
    expect(conversation.older).toBe(8);
  });

  it('has no history to load where nothing was ever said', () => {
    expect(new Conversation(room({ head: 0, read: 0 }), 'ana').older).toBeUndefined();
  });

  it('keeps nothing of before when it is loaded anew', () => {
    const conversation = new Conversation(room(), 'ana');
    conversation.append(messages(11, 12));
    conversation.history = 'failed';
    conversation.reload(messages(2, 4));
    expect(seqs(conversation)).toEqual([2, 3, 4]);
    expect(conversation).toMatchObject({ older: 2, head: 4, read: 4, history: 'idle' });
    conversation.reload([]);
    expect(conversation).toMatchObject({ older: undefined, head: 0, read: 0 });
  });

  it('lets go of old messages that can be loaded again', () => {
    const conversation = new Conversation(room(), 'ana');
    conversation.append(messages(11, 410));
    conversation.trim();
    expect(conversation.messages).toHaveLength(400);
    conversation.append(messages(411, 411));
    conversation.trim();
    expect(seqs(conversation).at(0)).toBe(212);
    expect(conversation.older).toBe(212);
  });
});
