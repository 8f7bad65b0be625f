import { randomUUID } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerCredentials } from '../../../../tools/deploy/images/credentials';
import { temporaryFolder } from '../../../support/copy';
import { refusals } from './environment';

const SECRET = randomUUID();
const HOST = 'registry.example.com:5000';
const packed = (text: string) => Buffer.from(text).toString('base64');
const ann = { username: 'ann', password: SECRET };

/** A user's environment whose Docker is configured so. */
function home(config: object | string, helpers: Record<string, string> = {}): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  for (const [name, script] of Object.entries(helpers)) {
    writeFileSync(join(folder, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, `docker-credential-${name}`), 0o755);
  }
  return { DOCKER_CONFIG: folder, PATH: `${folder}:/usr/bin:/bin` };
}

/** A helper that answers for one server alone, as it is asked on stdin. */
const helper = (server: string, answer: object) =>
  `read -r asked; [ "$1 $asked" = "get ${server}" ] || { echo "credentials not found in native keychain"; exit 1; }; echo '${JSON.stringify(answer)}'`;

describe('the credentials of a registry', () => {
  it('are none without a configuration', async () => {
    expect(await dockerCredentials(HOST, { DOCKER_CONFIG: temporaryFolder() })).toBeUndefined();
  });

  it.each([
    ['its name', HOST],
    ['its address', `https://${HOST}`],
    ['an old address', `https://${HOST}/v1/`],
  ])('stand under %s', async (_, name) => {
    expect(await dockerCredentials(HOST, home({ auths: { [name]: { auth: packed(`ann:${SECRET}`) } } }))).toEqual(ann);
  });

  it('of Docker Hub stand where Docker keeps them', async () => {
    const env = home({ auths: { 'https://index.docker.io/v1/': { auth: packed(`ann:${SECRET}`) } } });
    expect(await dockerCredentials('docker.io', env)).toEqual(ann);
  });

  it('are none where they are for another one', async () => {
    const env = home({ auths: { 'registry.example.com': { auth: packed(`ann:${SECRET}`) } } });
    expect(await dockerCredentials(HOST, env)).toBeUndefined();
  });

  it('may have a colon in the password', async () => {
    const env = home({ auths: { [HOST]: { auth: packed('ann:a:b') } } });
    expect(await dockerCredentials(HOST, env)).toEqual({ username: 'ann', password: 'a:b' });
  });

  it('may be an identity token', async () => {
    const env = home({ auths: { [HOST]: { auth: packed('ann:'), identitytoken: SECRET } } });
    expect(await dockerCredentials(HOST, env)).toEqual({ identityToken: SECRET });
  });

  it('are those of the home folder unless DOCKER_CONFIG says otherwise', async () => {
    expect(await dockerCredentials(HOST, { HOME: temporaryFolder() })).toBeUndefined();
  });
});

describe('a credential helper', () => {
  it('is asked for its registry, by stdin', async () => {
    const env = home(
      { credHelpers: { [HOST]: 'vault' } },
      { vault: helper(HOST, { Username: 'ann', Secret: SECRET }) },
    );
    expect(await dockerCredentials(HOST, env)).toEqual(ann);
  });

  it('is not asked for another one', async () => {
    const env = home({ credHelpers: { [HOST]: 'broken' } }, { broken: 'exit 9' });
    expect(await dockerCredentials('registry.example.org', env)).toBeUndefined();
  });

  it('of everything is asked where none is named for the registry', async () => {
    const helpers = {
      store: helper('https://index.docker.io/v1/', { Username: '<token>', Secret: SECRET }),
    };
    expect(await dockerCredentials('docker.io', home({ credsStore: 'store' }, helpers))).toEqual({
      identityToken: SECRET,
    });
  });

  it('that knows nothing leaves it to the file', async () => {
    const config = { credsStore: 'store', auths: { [HOST]: { auth: packed(`ann:${SECRET}`) } } };
    expect(await dockerCredentials(HOST, home(config, { store: helper('another', {}) }))).toEqual(ann);
  });
});

describe('what is broken', () => {
  it.each<[string, object | string, Record<string, string>, RegExp]>([
    ['a configuration that is no JSON', `{"auths": {"x": {"auth": "${SECRET}"`, {}, /config\.json: is not a config/],
    ['an entry of another shape', { auths: { [HOST]: { auth: { SECRET } } } }, {}, /config\.json: is not a config/],
    ['an entry that is no password', { auths: { [HOST]: { auth: packed(SECRET) } } }, {}, /\.auth: is not user:pass/],
    ['a helper that is not installed', { credHelpers: { [HOST]: 'gone' } }, {}, /docker-credential-gone: gave no/],
    ['a helper that leads elsewhere', { credHelpers: { [HOST]: '../../x' } }, {}, /"\.\.\/\.\.\/x" is no name/],
    [
      'a helper that fails',
      { credHelpers: { [HOST]: 'bad' } },
      { bad: `echo ${SECRET}; echo ${SECRET} >&2; exit 3` },
      /docker-credential-bad: gave no credentials for registry\.example\.com:5000 \(code 3\)/,
    ],
    ['a helper that babbles', { credHelpers: { [HOST]: 'bad' } }, { bad: `echo ${SECRET}` }, /its answer is not/],
  ])('%s is refused, and what it holds is not repeated', async (_, config, helpers, message) => {
    const faults = await refusals(dockerCredentials(HOST, home(config, helpers)));
    expect(faults).toEqual([expect.stringMatching(message)]);
    expect(faults.join()).not.toContain(SECRET);
  });
});
