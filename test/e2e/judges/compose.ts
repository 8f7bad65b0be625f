import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { consult } from './consult';
import type { Fault, Judge, Subject } from './judge';

const FILE = 'compose.yaml';

/**
 * compose.yaml as Docker Compose reads it: fields, types, and that what it refers to is there.
 * @param folder a copy of the files that git tracks or would track.
 */
export const compose = (binary: string, folder: string): Judge<Subject> => ({
  name: 'compose-go',
  tool: 'compose',
  unit: 'services',
  subjects: [{ name: 'tree', folder }],
  judge: async (subject) => {
    const file = join(subject.folder, FILE);
    const { code, stdout, stderr } = await consult('compose-go', binary, [file]);
    const { services } = parse(readFileSync(file, 'utf8')) as { services: object };
    return {
      judged: stdout.split('\n').filter((line) => line !== '').length,
      expected: Object.keys(services).length,
      // It stops at the first fault, and has no names for them.
      said: code === 0 ? [] : [{ object: FILE, rule: 'invalid', message: stderr.trim() }],
    };
  },
  faults: [
    planted('a field that is misspelt', 'image: a\n    mem_limt: 1g'),
    planted('a secret that nobody declares', 'image: a\n    secrets: [b]'),
  ],
});

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
