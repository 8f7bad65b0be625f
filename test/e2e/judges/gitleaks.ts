import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Refused } from '../../../tools/parse/parse';
import { agreed, consult, numberIn, readJson } from './consult';
import type { Fault, Judge, Said, Subject, Verdict } from './judge';
import { commit, commitsOf, git, isShallow, kilobytesOf } from './repository';

const leak = z.object({
  RuleID: z.string(),
  File: z.string(),
  StartLine: z.number(),
  Commit: z.string(),
  Description: z.string(),
});

/**
 * Reads a report. A finding of the history names its commit as well.
 * @param folder below which files were looked at; findings name them from there.
 */
export const readReport = (json: string, folder: string): Said[] =>
  readJson('gitleaks', json, z.array(leak)).map(({ RuleID, File, StartLine, Commit, Description }) => ({
    object: `${File.startsWith(`${folder}/`) ? File.slice(folder.length + 1) : File}${Commit ? `@${Commit.slice(0, 12)}` : ''}`,
    rule: RuleID,
    message: `line ${StartLine}: ${Description}`,
  }));

/** Where gitleaks looks: at files, or at what commits added. */
type Mode = 'dir' | 'git';

/** Its own rules and nothing that came with the tree: a .gitleaks.toml there could switch rules off. */
const RULES = '[extend]\nuseDefault = true\n';

async function search(
  binary: string,
  mode: Mode,
  folder: string,
  temporary: string,
): Promise<{ log: string; said: readonly Said[] }> {
  if (existsSync(join(folder, '.gitleaksignore'))) {
    throw new Refused([
      '.gitleaksignore: excuses findings; expected none. What is right where it stands belongs in test/e2e/judges/allowances.ts.',
    ]);
  }
  const rules = join(temporary, 'rules.toml');
  writeFileSync(rules, RULES);
  const chosen = ['--config', rules, '--gitleaks-ignore-path', temporary, '--ignore-gitleaks-allow'];
  const shown = ['--redact', '--no-banner', '--no-color', '--report-format', 'json', '--report-path', '-'];
  const answer = await consult('gitleaks', binary, [mode, ...chosen, ...shown, folder], { cwd: temporary });
  return { log: answer.stderr, said: agreed('gitleaks', answer, readReport(answer.stdout, folder)) };
}

/**
 * Credentials in the files that git tracks or would track.
 * @param folder a copy of these files.
 * @param temporary a folder of this run.
 */
export const gitleaksTree = (binary: string, folder: string, temporary: string): Judge<Subject> => ({
  name: 'gitleaks tree',
  tool: 'gitleaks',
  unit: 'kB',
  subjects: [{ name: 'tree', folder }],
  judge: async (subject): Promise<Verdict> => {
    const { log, said } = await search(binary, 'dir', subject.folder, temporary);
    return {
      judged: Math.ceil(numberIn(log, /scanned ~(\d+) bytes/) / 1024),
      expected: kilobytesOf(subject.folder),
      said,
    };
  },
  faults: [
    planted('a Secret with a password', 'kubernetes-secret-yaml', 'secret.yaml', secret),
    planted('a private key', 'private-key', 'key.pem', privateKey),
  ],
});

/** Credentials that any commit of any branch ever added. */
export const gitleaksHistory = (binary: string, repository: string, temporary: string): Judge<Subject> => ({
  name: 'gitleaks history',
  tool: 'gitleaks',
  unit: 'commits',
  subjects: [{ name: 'history', folder: repository }],
  judge: async ({ folder }): Promise<Verdict> => {
    if (await isShallow(folder)) {
      throw new Refused(['history: is cut off in this clone; expected all of it. Run git fetch --unshallow.']);
    }
    const { log, said } = await search(binary, 'git', folder, temporary);
    return { judged: numberIn(log, /(\d+) commits scanned/), expected: await commitsOf(folder), said };
  },
  faults: [
    {
      title: 'a Secret that a later commit took away',
      rule: 'kubernetes-secret-yaml',
      plant: async (folder) => {
        await git(folder, 'init', '--quiet');
        writeFileSync(join(folder, 'secret.yaml'), secret());
        await commit(folder, 'add');
        rmSync(join(folder, 'secret.yaml'));
        await commit(folder, 'remove');
        return { subject: { name: 'history', folder } };
      },
    },
  ],
});

function planted(title: string, rule: string, file: string, content: () => string): Fault<Subject> {
  return {
    title,
    rule,
    plant: (folder) => {
      writeFileSync(join(folder, file), content());
      return { subject: { name: 'tree', folder }, object: file };
    },
  };
}

// Made anew each time: a credential that stood in this file would be found in it.
const secret = () =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: planted\ndata:\n  password: ${randomBytes(24).toString('base64')}\n`;
const privateKey = () => {
  const line = (word: string) => `-----${word} PRIVATE KEY-----`;
  return `${line('BEGIN')}\n${randomBytes(96).toString('base64')}\n${line('END')}\n`;
};
