import { contextsOf, judgeEndpoint, type Kubeconfig } from '../../../../tools/deploy/preflight/endpoint';

const ENDPOINT = { host: 'api.lab.internal', port: 6443 };
const config = (server: string | undefined, more: object = {}): Kubeconfig => ({
  'current-context': 'lab',
  clusters: [{ name: 'lab', cluster: { server, ...more } }],
});
const judge = (server: string | undefined, more?: object) => judgeEndpoint(config(server, more), ENDPOINT);

describe('the context', () => {
  it.each(['https://api.lab.internal:6443', 'https://API.lab.internal:6443/', 'https://api.lab.internal.:6443'])(
    'is right with the endpoint’s host and port, however spelt: %s',
    (server) => {
      expect(judge(server)).toEqual([]);
    },
  );

  it.each([
    ['one node', 'https://10.20.2.97:6443'],
    ['another port', 'https://api.lab.internal:8443'],
    ['the port of https, which is another', 'https://api.lab.internal'],
    ['another cluster', 'https://api.production.internal:6443'],
    ['no TLS', 'http://api.lab.internal:6443'],
    ['no address', 'api.lab.internal:6443'],
    ['nothing', undefined],
  ])('is refused where it leads to %s', (_, server) => {
    expect(judge(server)).toEqual([
      `context lab: its server is ${server ?? 'none'}; expected https://api.lab.internal:6443, the environment's highly available address, not one node's or another cluster's`,
    ]);
  });

  it('may leave the port out where it is the one of https', () => {
    expect(judgeEndpoint(config('https://api.lab.internal'), { host: 'api.lab.internal', port: 443 })).toEqual([]);
  });

  it('knows an IPv6 address in every spelling', () => {
    const endpoint = { host: 'fd00:0::1', port: 6443 };
    expect(judgeEndpoint(config('https://[fd00::1]:6443'), endpoint)).toEqual([]);
    expect(judgeEndpoint(config('https://[fd00::2]:6443'), endpoint)).toEqual([
      expect.stringContaining('expected https://[fd00:0::1]:6443'),
    ]);
  });

  it('must verify whom it speaks to', () => {
    expect(judge('https://api.lab.internal:6443', { 'insecure-skip-tls-verify': true })).toEqual([
      expect.stringContaining('insecure-skip-tls-verify is true'),
    ]);
  });

  it('that would be right is found among the others', () => {
    const whole: Kubeconfig = {
      contexts: [
        { name: 'a', context: { cluster: 'node' } },
        { name: 'b', context: { cluster: 'lab' } },
        { name: 'c', context: { cluster: 'gone' } },
        { name: 'd', context: { cluster: 'unsafe' } },
      ],
      clusters: [
        { name: 'node', cluster: { server: 'https://10.20.2.97:6443' } },
        { name: 'lab', cluster: { server: 'https://api.lab.internal:6443' } },
        { name: 'unsafe', cluster: { server: 'https://api.lab.internal:6443', 'insecure-skip-tls-verify': true } },
      ],
    };
    expect(contextsOf(whole, ENDPOINT)).toEqual(['b']);
    expect(contextsOf({ contexts: null, clusters: null }, ENDPOINT)).toEqual([]);
  });
});
