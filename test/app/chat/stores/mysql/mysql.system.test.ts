import { memoryBus } from '../../../../../app/chat/src/stores/memory/log';
import { createMysqlStore } from '../../../../../app/chat/src/stores/mysql/store';
import { startMariaDb } from '../../../../support/mariadb';
import { describeStore } from '../contract';

describeStore('mysql', async () => {
  const server = await startMariaDb();
  const options = { ...server.login, waitSeconds: 10 };
  const bus = memoryBus();
  const stores = await Promise.all([createMysqlStore(options, bus), createMysqlStore(options, bus)]);
  return { stores, bus, close: () => server.remove() };
});
