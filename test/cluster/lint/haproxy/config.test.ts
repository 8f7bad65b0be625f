import {
  frontsOf,
  hasOption,
  isChecked,
  lineWith,
  milliseconds,
  parameter,
  readHaproxy,
} from '../../../../cluster/lint/haproxy/config';

/** The last proxy of a file. */
function last(text: string) {
  const proxy = readHaproxy(text).proxies.at(-1);
  if (!proxy) throw new Error('no proxy');
  return proxy;
}

const client = (text: string) => lineWith(last(text), 'timeout', 'client')?.words[2];

describe('a proxy', () => {
  it('inherits the last defaults before it, and says otherwise itself', () => {
    const defaults = 'defaults\n timeout client 1m\ndefaults\n timeout client 2m\n';
    expect(client(`${defaults}frontend api\n`)).toBe('2m');
    expect(client(`${defaults}frontend api\n timeout client 3m\n`)).toBe('3m');
  });

  it('inherits the defaults that it names, and those that they name', () => {
    const text =
      'defaults one\n timeout client 1m\ndefaults two from one\n retries 3\ndefaults three\n timeout client 3m\n';
    expect(client(`${text}frontend api from two\n`)).toBe('1m');
  });

  it('inherits nothing from defaults that name none', () => {
    expect(client('defaults one\n timeout client 1m\ndefaults two\n retries 3\nfrontend api\n')).toBeUndefined();
  });

  it('may take an option back', () => {
    expect(hasOption(last('defaults\n option redispatch\nbackend api\n'), 'redispatch')).toBe(true);
    expect(hasOption(last('defaults\n option redispatch\nbackend api\n no option redispatch\n'), 'redispatch')).toBe(
      false,
    );
    expect(hasOption(last('backend api\n'), 'redispatch')).toBe(false);
  });

  it('is led to by the frontends that name it, and by itself where it listens', () => {
    const config = readHaproxy(
      'frontend a\n default_backend api\nfrontend b\n use_backend api if x\nfrontend c\nbackend api\n',
    );
    const [backend] = config.proxies.slice(-1);
    expect(backend && frontsOf(config, backend).map(({ name }) => name)).toEqual(['a', 'b', 'api']);
  });
});

describe('a server', () => {
  const server = (text: string) => {
    const [first] = last(`backend api\n${text}\n`).servers;
    if (!first) throw new Error('no server');
    return first;
  };

  it('has the words of default-server before its own', () => {
    const text = 'default-server inter 1s fall 2 check\n server a 192.0.2.1:6443 inter 5s';
    expect([parameter(server(text), 'inter'), parameter(server(text), 'fall'), isChecked(server(text))]).toEqual([
      '5s',
      '2',
      true,
    ]);
  });

  it('takes nothing from a default-server behind it', () => {
    expect(isChecked(server('server a 192.0.2.1:6443\n default-server check'))).toBe(false);
  });

  it('may refuse the check', () => {
    expect(isChecked(server('default-server check\n server a 192.0.2.1:6443 no-check'))).toBe(false);
  });

  it('may be a template', () => {
    expect(server('server-template api 3 api.example.com:6443 check')).toMatchObject({
      address: 'api.example.com:6443',
      words: ['check'],
    });
  });
});

it.each([
  ['500', 500],
  ['1500us', 1.5],
  ['2ms', 2],
  ['10s', 10_000],
  ['1m', 60_000],
  ['4h', 14_400_000],
  ['1d', 86_400_000],
  [`\${TIME}`, undefined],
  ['4h30m', undefined],
])('a duration %s is %p milliseconds', (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});
