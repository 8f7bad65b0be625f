import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { Refused } from '../../parse/parse';

/** What a registry is told: a password, or a token that its own service changes into one. */
export type Credentials = { readonly username: string; readonly password: string } | { readonly identityToken: string };

/** Milliseconds that a helper may take: it may ask a cloud. */
const HELPER_PATIENCE = 30_000;
/** Name under which Docker keeps those of Docker Hub. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

const entry = z.looseObject({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
});
const config = z.looseObject({
  auths: z.record(z.string(), entry).default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: z.string().optional(),
});
const answer = z.looseObject({ Username: z.string(), Secret: z.string() });

/**
 * What `docker login` left for a registry: from the helper that is named for it, else from the file.
 * @param host as references have it: `docker.io`, `registry.example.com:5000`.
 * @returns undefined where nobody logged in.
 * @throws Refused where the file or the helper is broken. No message repeats what either holds.
 */
export async function dockerCredentials(host: string, env = process.env): Promise<Credentials | undefined> {
  const file = join(env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker'), 'config.json');
  if (!existsSync(file)) return undefined;
  const { auths, credHelpers, credsStore } = readConfig(file);
  const helper = credHelpers[host] ?? credsStore;
  const server = host === 'docker.io' ? DOCKER_HUB : host;
  const found = helper ? await askHelper(helper, server, file, env) : undefined;
  if (found) return found;
  const names =
    host === 'docker.io' ? [DOCKER_HUB] : [host, `https://${host}`, `https://${host}/v1/`, `https://${host}/v2/`];
  const name = names.find((one) => auths[one] !== undefined);
  return name === undefined ? undefined : credentialsOf(auths[name] ?? {}, `${file}: auths["${name}"]`);
}

function readConfig(file: string): z.output<typeof config> {
  try {
    return config.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The parser's own message quotes the file.
    throw new Refused([`${file}: is not a configuration of Docker's; expected JSON as \`docker login\` writes it`]);
  }
}

function credentialsOf(entry_: z.output<typeof entry>, where: string): Credentials | undefined {
  const { auth, username, password, identitytoken } = entry_;
  if (identitytoken) return { identityToken: identitytoken };
  if (username && password) return { username, password };
  // A helper's file keeps an empty entry for each registry that it knows.
  if (!auth) return undefined;
  const text = Buffer.from(auth, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1) throw new Refused([`${where}.auth: is not user:password in base64; log in again: docker login`]);
  // Docker pads with zero bytes.
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}

async function askHelper(
  helper: string,
  server: string,
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  if (!/^[\w.-]+$/.test(helper)) {
    throw new Refused([
      `${file}: ${JSON.stringify(helper)} is no name of a credential helper; expected such as ecr-login`,
    ]);
  }
  const program = `docker-credential-${helper}`;
  const { code, stdout } = await callHelper(program, server, env);
  if (code !== 0) {
    if (/not found/i.test(stdout)) return undefined;
    throw new Refused([
      `${program}: gave no credentials for ${server} (${code === undefined ? 'it did not run' : `code ${code}`}); ${file} names it. Install it, or log in again: docker login`,
    ]);
  }
  try {
    const { Username: username, Secret: password } = answer.parse(JSON.parse(stdout));
    return username === '<token>' ? { identityToken: password } : { username, password };
  } catch {
    throw new Refused([
      `${program}: its answer is not {"Username": …, "Secret": …}; expected a credential helper of Docker's`,
    ]);
  }
}

/** Runs a helper to its end, whether or not it reads what it is asked. */
const callHelper = (program: string, server: string, env: NodeJS.ProcessEnv) =>
  new Promise<{ readonly code: number | undefined; readonly stdout: string }>((resolve) => {
    const child = execFile(program, ['get'], { env, timeout: HELPER_PATIENCE }, (error, stdout) => {
      const code = error === null ? 0 : error.code;
      resolve({ code: typeof code === 'number' ? code : undefined, stdout });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(server);
  });
