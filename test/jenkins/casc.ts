import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { ROOT } from './tools';

const FOLDER = join(ROOT, 'jenkins/controller/casc');

/** A field of the configuration: where it is, and what it holds. */
export interface Field {
  readonly path: readonly string[];
  readonly value: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a configuration of plugins, without a schema.
export type Configuration = any;

/**
 * The controller's configuration, as its files give it together.
 * @throws Error at a key that stands twice, in a file or in two of them: one of both would be dropped without a word.
 */
export function readConfiguration(folder = FOLDER): Configuration {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const configuration: Record<string, unknown> = {};
  for (const file of files) {
    const document = parseDocument(readFileSync(join(folder, file), 'utf8'), { uniqueKeys: true, strict: true });
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.map(({ message }) => message)}`);
    for (const [key, value] of Object.entries(document.toJS())) {
      if (key in configuration) throw new Error(`${file}: ${key} stands in another file, too; expected it in one`);
      configuration[key] = value;
    }
  }
  return configuration;
}

/** Every field that holds no other ones. Of a list, the path has the numbers. */
export function leavesOf(value: unknown, path: readonly string[] = []): Field[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** Names in `${…}`, of variables and of files below /run/secrets alike. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{(?:\w+:\/run\/secrets\/)?([^}]*)\}/g)].map(([, name = '']) => name);

/** A credential: its kind is the word that the configuration names it by. */
export interface Credential {
  readonly kind: string;
  readonly id: string;
  readonly scope?: string;
}

export const credentialsOf = (configuration: Configuration): Credential[] =>
  configuration.credentials.system.domainCredentials.flatMap(({ credentials }: { credentials: object[] }) =>
    credentials.flatMap((entry) => Object.entries(entry).map(([kind, fields]) => ({ kind, ...fields }))),
  );

/**
 * What a Job DSL script says, block by block: `multibranchPipelineJob(slipway).triggers.periodicFolderTrigger.interval` → `'1d'`.
 * @throws Error at a line that is none of: a comment, a block's beginning or end, a call with plain arguments.
 */
export function readJobs(script = readFileSync(join(FOLDER, 'jobs.groovy'), 'utf8')): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const blocks: string[] = [];
  for (const line of script.split('\n').map((words) => words.trim())) {
    if (line === '' || line.startsWith('//')) continue;
    const [, opened, name] = /^(\w+)(?:\('([\w-]+)'\))? \{$/.exec(line) ?? [];
    const [, called, argument = ''] = /^(\w+)\(([^()]*)\)$/.exec(line) ?? [];
    if (opened) blocks.push(name ? `${opened}(${name})` : opened);
    else if (line === '}' && blocks.length > 0) blocks.pop();
    else if (called) fields.set([...blocks, called].join('.'), argument);
    else throw new Error(`jobs.groovy: ${line}: is no comment, block or call; expected one of them`);
  }
  if (blocks.length > 0) throw new Error(`jobs.groovy: ${blocks.join('.')} has no end`);
  return fields;
}
