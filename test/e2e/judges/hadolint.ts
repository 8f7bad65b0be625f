import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { consult, readJson } from './consult';
import type { Fault, Judge, Said, Subject } from './judge';

const report = z.array(z.object({ file: z.string(), line: z.number(), code: z.string(), message: z.string() }));

/** A label that no image has. hadolint counts nothing; that it misses the label shows that it came to a file's last stage. */
const MISSED = 'slipway.judged';

export interface Report {
  /** Files of which it said that the label is missing. */
  readonly judged: number;
  readonly said: readonly Said[];
}

/** @param folder below which the files lie; findings name them from there. */
export function readReport(json: string, folder: string): Report {
  const findings = readJson('hadolint', json, report);
  const isCount = ({ code, message }: (typeof findings)[number]) => code === 'DL3049' && message.includes(MISSED);
  return {
    judged: new Set(findings.filter(isCount).map(({ file }) => file)).size,
    said: findings
      .filter((finding) => !isCount(finding))
      .map(({ file, line, code, message }) => ({
        object: relative(folder, file),
        rule: code,
        message: `line ${line}: ${message}`,
      })),
  };
}

/**
 * Every Dockerfile of the repository, every rule on, comments that excuse off.
 * @param folder a copy of the files that git tracks or would track.
 * @param temporary a folder of this run.
 */
export const hadolint = (binary: string, folder: string, temporary: string): Judge<Subject> => ({
  name: 'hadolint',
  tool: 'hadolint',
  unit: 'files',
  subjects: [{ name: 'tree', folder }],
  judge: async (subject) => {
    const files = dockerfilesOf(subject.folder);
    const rules = join(temporary, 'hadolint.yaml');
    writeFileSync(rules, 'failure-threshold: style\n');
    const words = ['--config', rules, '--disable-ignore-pragma', '--require-label', `${MISSED}:text`];
    // It never finds nothing: a run that ends with 0 has not looked.
    const answer = await consult('hadolint', binary, [...words, '--format', 'json', ...files], { codes: [1] });
    return { ...readReport(answer.stdout, subject.folder), expected: files.length };
  },
  faults: [
    planted('a base image without a release', 'DL3006', 'FROM node\n'),
    planted('a fault that a comment excuses', 'DL3025', 'FROM node:24\n# hadolint ignore=DL3025\nCMD node main.js\n'),
  ],
});

const dockerfilesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(.+\.)?Dockerfile(\..+)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const planted = (title: string, rule: string, content: string): Fault<Subject> => ({
  title,
  rule,
  plant: (folder) => {
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/Dockerfile'), content);
    return { subject: { name: 'tree', folder }, object: 'app/Dockerfile' };
  },
});
