import { randomUUID } from 'node:crypto';
import type { Credentials } from '../../../../tools/deploy/images/credentials';
import { registryClient } from '../../../../tools/deploy/images/registry';
import { refusals } from './environment';
import { basicKey, DIGEST, type FakeRegistry, listen, locked, manifests } from './fake-registry';

const PASSWORD = randomUUID();
const TOKEN = randomUUID();
const KEY = basicKey('ann', PASSWORD);

/** A client for whom these hosts have a password. */
const client = (...hosts: string[]) =>
  registryClient(
    async (host): Promise<Credentials | undefined> =>
      hosts.includes(host) ? { username: 'ann', password: PASSWORD } : undefined,
  );
const chat = ({ host }: FakeRegistry) => `${host}/team/chat`;

describe('a registry that lets everybody read', () => {
  it('tells the digest of a tag, asked once and for no bytes', async () => {
    const registry = await listen(manifests());
    expect(await client().digestOf(chat(registry), '1')).toBe(DIGEST);
    expect(registry.asked).toEqual([{ method: 'HEAD', path: '/v2/team/chat/manifests/1', authorization: undefined }]);
  });

  it('gets no credentials, though there are some: it did not ask', async () => {
    const registry = await listen(manifests());
    await client(registry.host).digestOf(chat(registry), '1');
    expect(registry.asked.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('tells whether it has a digest', async () => {
    expect(await client().digestOf(chat(await listen(manifests())), DIGEST)).toBe(DIGEST);
  });

  it.each(['2', `sha256:${'0'.repeat(64)}`])('has no %s: that is an answer', async (reference) => {
    expect(await client().digestOf(chat(await listen(manifests())), reference)).toBeUndefined();
  });

  it.each([
    ['leaves the digest out of its answers', { tellsDigest: false }],
    ['knows no HEAD', { knowsHead: false }],
  ])('that %s is asked for the bytes, whose digest it is', async (_, behaviour) => {
    expect(await client().digestOf(chat(await listen(manifests(behaviour))), '1')).toBe(DIGEST);
  });

  it('is not believed where it answers a digest with another one', async () => {
    const other = `sha256:${'0'.repeat(64)}`;
    const registry = await listen((_, response) => response.writeHead(200, { 'docker-content-digest': DIGEST }).end());
    expect(await refusals(client().digestOf(chat(registry), other))).toEqual([
      `${chat(registry)}@${other}: the registry answers with ${DIGEST}; expected what was asked for`,
    ]);
  });
});

describe('a registry that wants a password', () => {
  it('gets that which is for it', async () => {
    const registry = await listen(locked(KEY, 'Basic realm="here"'));
    expect(await client(registry.host).digestOf(chat(registry), '1')).toBe(DIGEST);
  });

  it('is asked with it at once the next time', async () => {
    const registry = await listen(locked(KEY, 'Basic realm="here"'));
    const asking = client(registry.host);
    await asking.digestOf(chat(registry), '1');
    await asking.digestOf(chat(registry), '1');
    expect(registry.asked).toHaveLength(3);
  });

  it.each([
    ['nobody logged in', []],
    ['the password is wrong', ['wrong']],
  ])('is refused where %s, with the next step and without a password', async (_, wrong) => {
    const registry = await listen(locked(wrong.length > 0 ? 'another' : KEY, 'Basic realm="here"'));
    const faults = await refusals(client(...(wrong.length > 0 ? [registry.host] : [])).digestOf(chat(registry), '1'));
    expect(faults).toEqual([
      expect.stringMatching(/lets nobody read team\/chat.*log in: docker login 127\.0\.0\.1:\d+$/),
    ]);
    expect(faults.join()).not.toContain(PASSWORD);
  });
});

describe('a registry that wants a token', () => {
  /** A registry and its token service, which are asked by this host name. */
  async function withTokens(name = '127.0.0.1', give: object = { token: TOKEN }) {
    const service = await listen((_, response) => response.end(JSON.stringify(give)));
    const realm = `http://${service.host.replace('127.0.0.1', name)}/token?account=x`;
    const challenge = `Bearer realm="${realm}",service="registry.example.com",scope="repository:team/chat:pull,push"`;
    return { service, realm, registry: await listen(locked(`Bearer ${TOKEN}`, challenge)) };
  }
  const query = ({ asked }: FakeRegistry) => Object.fromEntries(new URL(`http://x${asked[0]?.path}`).searchParams);

  it('gets one from the service that it names, for pulling alone', async () => {
    const { registry, service } = await withTokens();
    expect(await client().digestOf(chat(registry), '1')).toBe(DIGEST);
    expect(query(service)).toEqual({
      account: 'x',
      service: 'registry.example.com',
      scope: 'repository:team/chat:pull',
    });
  });

  it('may call it access_token', async () => {
    const { registry } = await withTokens('127.0.0.1', { access_token: TOKEN });
    expect(await client().digestOf(chat(registry), '1')).toBe(DIGEST);
  });

  it('has the service asked without credentials where nobody logged in', async () => {
    const { registry, service } = await withTokens();
    await client().digestOf(chat(registry), '1');
    expect(service.asked.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('has it asked with its own, where it is of the same house; the registry never sees the password', async () => {
    const { registry, service } = await withTokens();
    await client(registry.host).digestOf(chat(registry), '1');
    expect(service.asked.map(({ authorization }) => authorization)).toEqual([KEY]);
    expect(registry.asked.map(({ authorization }) => authorization)).toEqual([undefined, `Bearer ${TOKEN}`]);
  });

  it('names a stranger: that one gets none of what is for the registry', async () => {
    const { registry, service } = await withTokens('localhost');
    await client(registry.host).digestOf(chat(registry), '1');
    expect(service.asked.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('names a stranger: that one gets what is for itself', async () => {
    const { registry, service, realm } = await withTokens('localhost');
    await client(new URL(realm).host).digestOf(chat(registry), '1');
    expect(service.asked.map(({ authorization }) => authorization)).toEqual([KEY]);
  });

  it('changes an identity token into one, which travels in the body', async () => {
    const bodies: URLSearchParams[] = [];
    const service = await listen((_, response, body) => {
      bodies.push(new URLSearchParams(body));
      response.end(JSON.stringify({ access_token: TOKEN }));
    });
    const registry = await listen(locked(`Bearer ${TOKEN}`, `Bearer realm="http://${service.host}/oauth2/token"`));
    const asking = registryClient(async () => ({ identityToken: 'identity' }));
    expect(await asking.digestOf(chat(registry), '1')).toBe(DIGEST);
    expect(bodies.map((body) => [body.get('grant_type'), body.get('refresh_token')])).toEqual([
      ['refresh_token', 'identity'],
    ]);
    expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /oauth2/token']);
  });

  it.each([
    ['names no address', 'Bearer realm="nowhere"', /names "nowhere" for its tokens; expected an https address/],
    [
      'names plain http elsewhere',
      'Bearer realm="http://auth.example.com/token"',
      /names "http:\/\/auth\.example\.com\/token" for its tokens; expected an https address/,
    ],
  ])('and %s is refused', async (_, challenge, message) => {
    const registry = await listen(locked('never', challenge));
    expect(await refusals(client(registry.host).digestOf(chat(registry), '1'))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('and gets none is refused', async () => {
    const { registry } = await withTokens('127.0.0.1', {});
    expect(await refusals(client().digestOf(chat(registry), '1'))).toEqual([
      expect.stringMatching(/gave no token \(code 200\)/),
    ]);
  });
});

describe('a registry that sends us elsewhere', () => {
  it('is followed', async () => {
    const other = await listen(manifests());
    const registry = await listen((request, response) =>
      response.writeHead(307, { location: `http://${other.host}${request.url}` }).end(),
    );
    expect(await client().digestOf(chat(registry), '1')).toBe(DIGEST);
  });

  it('keeps its password: the other host gets none, nor does it get one by asking', async () => {
    const other = await listen(locked(KEY, 'Basic realm="elsewhere"'));
    const registry = await listen(
      locked(KEY, 'Basic realm="here"', (request, response) =>
        response.writeHead(307, { location: `http://${other.host}${request.url}` }).end(),
      ),
    );
    expect(await refusals(client(registry.host, other.host).digestOf(chat(registry), '1'))).toHaveLength(1);
    expect(registry.asked.map(({ authorization }) => authorization)).toEqual([undefined, KEY]);
    expect(other.asked.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it.each([
    ['to plain http on another machine', 'http://registry.example.com/v2/', /redirects .*; expected an https address$/],
    ['to a file', 'file:///etc/passwd', /redirects .*; expected an https address$/],
    ['in a circle', '/v2/team/chat/manifests/1', /redirects more than 5 times/],
  ])('%s is refused', async (_, to, message) => {
    const registry = await listen((_, response) => response.writeHead(307, { location: to }).end());
    expect(await refusals(client().digestOf(chat(registry), '1'))).toEqual([expect.stringMatching(message)]);
  });
});

describe('a registry that cannot help', () => {
  it('because nobody answers is refused with the reason', async () => {
    const registry = await listen(manifests());
    registry.close();
    expect(await refusals(client().digestOf(chat(registry), '1'))).toEqual([
      `${registry.host}: does not answer (ECONNREFUSED); expected a registry that this machine reaches`,
    ]);
  });

  it('because it is asked too often says when to come back', async () => {
    const registry = await listen((_, response) => response.writeHead(429, { 'retry-after': '60' }).end());
    expect(await refusals(client().digestOf(chat(registry), '1'))).toEqual([
      `${chat(registry)}:1: the registry answers with code 429; too many requests; try again in 60 s`,
    ]);
  });

  it('because it is broken says so', async () => {
    const registry = await listen((_, response) => response.writeHead(500).end());
    expect(await refusals(client().digestOf(chat(registry), '1'))).toEqual([
      `${chat(registry)}:1: the registry answers with code 500; expected a manifest`,
    ]);
  });
});
