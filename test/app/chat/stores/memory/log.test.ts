import { channelOf } from '../../../../../app/chat/src/fanout/log';
import { MemoryLog, memoryBus } from '../../../../../app/chat/src/stores/memory/log';

const draft = (id: string) => ({ id, author: 'ana', name: 'Ana', text: id, at: 0 });

describe('channels inside one process', () => {
  it('bring a text to those who listen to the channel, until they do not', async () => {
    const bus = memoryBus();
    const heard: string[] = [];
    const listener = (text: string) => heard.push(text);
    await bus.subscribe('a', listener);
    await bus.subscribe('b', (text) => heard.push(`b: ${text}`));
    await bus.publish('a', '1');
    await bus.unsubscribe('a', listener);
    await bus.publish('a', '2');
    await bus.publish('b', '3');
    expect(heard).toEqual(['1', 'b: 3']);
  });
});

describe('the log in the process', () => {
  it('keeps so many messages of a room, and forgets where older ones stood', async () => {
    const log = new MemoryLog(memoryBus(), 3);
    for (let count = 1; count <= 5; count += 1) await log.append('r', draft(`message-${count}`), 0);
    const { head, messages } = await log.after('r', 0, 10);
    expect([head.seq, messages.map(({ seq }) => seq)]).toEqual([5, [3, 4, 5]]);
    expect((await log.append('r', draft('message-5'), 5)).seq).toBe(5);
    expect((await log.append('r', draft('message-1'), 5)).seq).toBe(6);
  });

  it('publishes a message once, however often it is sent', async () => {
    const bus = memoryBus();
    let published = 0;
    await bus.subscribe(channelOf('r'), () => {
      published += 1;
    });
    const log = new MemoryLog(bus, 3);
    for (let time = 0; time < 3; time += 1) await log.append('r', draft('message-1'), 0);
    expect(published).toBe(1);
  });
});
