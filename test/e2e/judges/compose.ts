import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { consult } from './consult';
import type { Fault, Judge, Subject, Verdict } from './judge';

const FILE = 'compose.yaml';

/**
 * Every compose.yaml as Docker Compose reads it: fields, types, and that what it refers to is there.
 * @param folder a copy of the files that git tracks or would track.
 */
export const compose = (binary: string, folder: string): Judge<Subject> => ({
  name: 'compose-go',
  tool: 'compose',
  unit: 'services',
  subjects: [{ name: 'tree', folder }],
  judge: async (subject) => {
    const verdicts = [];
    for (const file of composeFilesOf(subject.folder)) verdicts.push(await judge(binary, subject.folder, file));
    return {
      judged: verdicts.reduce((sum, { judged }) => sum + judged, 0),
      expected: verdicts.reduce((sum, { expected }) => sum + expected, 0),
      said: verdicts.flatMap(({ said }) => said),
    };
  },
  faults: [
    planted('a field that is misspelt', 'image: a\n    mem_limt: 1g'),
    planted('a secret that nobody declares', 'image: a\n    secrets: [b]'),
  ],
});

async function judge(binary: string, folder: string, file: string): Promise<Verdict> {
  const { code, stdout, stderr } = await consult('compose-go', binary, [file]);
  const { services } = parse(readFileSync(file, 'utf8')) as { services: object };
  return {
    judged: stdout.split('\n').filter((line) => line !== '').length,
    expected: Object.keys(services).length,
    // It stops at the first fault, and has no names for them.
    said: code === 0 ? [] : [{ object: relative(folder, file), rule: 'invalid', message: stderr.trim() }],
  };
}

const composeFilesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === FILE)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

function planted(title: string, service: string): Fault<Subject> {
  return {
    title,
    rule: 'invalid',
    plant: (folder) => {
      writeFileSync(join(folder, FILE), `name: planted\nservices:\n  a:\n    ${service}\n`);
      return { subject: { name: 'tree', folder }, object: FILE };
    },
  };
}
