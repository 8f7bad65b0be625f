import { memoryBus } from '../../../../../app/chat/src/stores/memory/log';
import { createMemoryStore } from '../../../../../app/chat/src/stores/memory/memory';
import { describeStore } from '../contract';

const LENGTH = 500;

describeStore(
  'memory',
  async () => {
    const bus = memoryBus();
    const store = createMemoryStore(bus, LENGTH);
    return { stores: [store, store], bus, close: async () => {} };
  },
  { length: LENGTH },
);
