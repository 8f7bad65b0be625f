import { Notices } from '../../../app/chat/src/notices';
import { memoryBus } from '../../../app/chat/src/stores/memory/log';

describe('a notice', () => {
  it('reaches every pod, the one that tells it included, word for word', async () => {
    const bus = memoryBus();
    const pods = [new Notices(bus), new Notices(bus)];
    const heard: unknown[] = [];
    for (const pod of pods) {
      await pod.start();
      pod.on('session-ended', (key) => heard.push(key));
      pod.on('room-new', (...words) => heard.push(words));
    }
    await pods[0]?.tell('session-ended', 'key');
    await pods[1]?.tell('room-new', 'ana', 'r');
    expect(heard).toEqual(['key', 'key', ['ana', 'r'], ['ana', 'r']]);
  });
});
