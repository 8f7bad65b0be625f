import { basename } from 'node:path';
import type { Container } from 'kubernetes-types/core/v1';
import { valueAt } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import type { Assignment } from './assignments';
import { isCredential, isLiteral } from './credential';
import type { Text } from './texts';

const EXECUTED: readonly Path[] = [
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => [probe, 'exec', 'command']),
  ...['postStart', 'preStop'].map((hook) => ['lifecycle', hook, 'exec', 'command']),
];

/** Command lines of a container, each string by string: what it runs, what its probes and hooks run. */
export const commandsOf = (container: Container, path: Path): readonly (readonly Text[])[] => [
  [...stringsAt(container, ['command'], path), ...stringsAt(container, ['args'], path)],
  ...EXECUTED.map((list) => stringsAt(container, list, path)),
];

const stringsAt = (container: Container, list: Path, path: Path): Text[] =>
  ((valueAt(container, list) ?? []) as readonly string[]).map((text, index) => ({
    path: [...path, ...list, index],
    text,
  }));

/** A script's words without their quotes, its separators among them; any other argument is one word. */
const wordsOf = (text: string): readonly string[] =>
  /\s/.test(text)
    ? [...text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s;|&"'])+|[;|&]+/g)].map(([word]) =>
        word.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, '$1$2'),
      )
    : [text];

const FLAG = /^--?(?<name>[A-Za-z][\w.-]*) (?<value>.+)/s;

/** How clients take a password that no name announces, in one word or in two; by the beginning of the program's name. */
const CLIENTS: readonly (readonly [program: string, password: RegExp])[] = [
  ['mysql', /^-p(?<value>[^ ].*)/s],
  ['mariadb', /^-p(?<value>[^ ].*)/s],
  ['redis-cli', /^-a (?<value>.+)/s],
  ['mongo', /^-p (?<value>.+)/s],
  ['ldap', /^-w (?<value>.+)/s],
  ['curl', /^(-u|--user) [^:\s]+:(?<value>.+)/s],
  ['wget', /^--user [^:\s]+:(?<value>.+)/s],
  ['sshpass', /^-p ?(?<value>.+)/s],
  // What sshpass starts has a -p of its own: a port, or the rights of a file.
  ['ssh', /^$/],
  ['scp', /^$/],
  ['sftp', /^$/],
  ['rsync', /^$/],
];

/** Credentials that flags give: `--token x`, and the short ones of clients that everybody knows. */
export function flagsIn(command: readonly Text[]): (Assignment & Pick<Text, 'path'>)[] {
  const words = command.flatMap(({ path, text }) => wordsOf(text).map((word) => ({ path, word })));
  const found: (Assignment & Pick<Text, 'path'>)[] = [];
  let client: RegExp | undefined;
  for (const [index, { word, path }] of words.entries()) {
    const next = words[index + 1];
    const together = next && !next.word.startsWith('-') ? `${word} ${next.word}` : word;
    const { name = '', value = '' } = FLAG.exec(together)?.groups ?? {};
    const short = (client?.exec(word) ?? client?.exec(together))?.groups?.value ?? '';
    if (isCredential(name, value)) found.push({ name: `--${name}`, value, path: next?.path ?? path });
    else if (isLiteral(short)) found.push({ name: word.slice(0, 2), value: short, path });
    if (/^[;|&]/.test(word)) client = undefined;
    client = CLIENTS.find(([program]) => basename(word).startsWith(program))?.[1] ?? client;
  }
  return found;
}
