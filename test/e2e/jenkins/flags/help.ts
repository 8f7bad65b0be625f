import type { Flag } from './table';

/** `  -f, --file string   Name of the Dockerfile`: more than one space ends the flag. */
const COBRA = /^ +(?:(-\w), )?(--[a-z][\w-]*)(?: (\S+))?(?: {2,}.*)?$/;

/** Reads what a program that is made with cobra says for `--help`: its own flags and those of its parents. */
export function readCobra(help: string): Flag[] {
  const found = help.split('\n').flatMap((line) => {
    const [, short, name, value] = COBRA.exec(line) ?? [];
    return name === undefined ? [] : [{ name, ...(short && { short }), ...(value && { takes: 'VALUE' as const }) }];
  });
  if (found.length === 0) throw new Error(`no flag found in: ${help.slice(0, 200)}`);
  return found;
}

/** `  -f,--format ARG          The output format`, as optparse-applicative writes it. */
const OPTPARSE = /^ {2}(?:(-\w),)?(--[a-z][\w-]*)(?: ([A-Z]\S*).*)?(?: {2,}.*)?$/;

/** Reads what hadolint says for `--help`. */
export function readOptparse(help: string): Flag[] {
  const options = help.slice(help.indexOf('Available options:'));
  return options.split('\n').flatMap((line) => {
    const [, short, name, value] = OPTPARSE.exec(line.replace(/ {2,}[A-Z].*$/, (text) => text.slice(0, 2))) ?? [];
    return name === undefined ? [] : [{ name, ...(short && { short }), ...(value && { takes: 'VALUE' as const }) }];
  });
}

/** What commander prints: options end where an empty line follows. */
export const readCommander = (help: string): Flag[] =>
  readCobra(help.slice(help.indexOf('Options:')).split('\n\n', 1)[0] ?? '');

/** `    -f, --filename=[]:`, as kubectl shows a flag with its default; a line of words follows. */
const KUBECTL = /^ {4}(?:(-\w), )?(--[a-z][\w-]*)=(.*):$/;

/** Reads what kubectl says for `--help`, and for `kubectl options`. */
export const readKubectl = (help: string): Flag[] =>
  help.split('\n').flatMap((line) => {
    const [, short, name, value = ''] = KUBECTL.exec(line) ?? [];
    const isSwitch = /^(true|false)$/.test(value);
    return name === undefined ? [] : [{ name, ...(short && { short }), ...(!isSwitch && { takes: 'VALUE' as const }) }];
  });
