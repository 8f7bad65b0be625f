import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { closeWith } from '../../../app/common/src/connections';
import { until } from '../../support/until';

describe('the end of a server', () => {
  it('does not wait for those who ask nothing and answer nothing', async () => {
    const http = createServer();
    const close = closeWith(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const accepted = new Promise<Socket>((resolve) => http.once('connection', resolve));
    const idle = connect((http.address() as AddressInfo).port, '127.0.0.1');
    idle.on('error', () => {});
    await accepted;
    await close(() => new Promise((resolve) => http.close(resolve)));
    await until(() => idle.destroyed);
    expect(http.listening).toBe(false);
  });
});
