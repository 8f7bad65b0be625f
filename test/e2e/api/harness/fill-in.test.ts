import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillIn, VALUES } from './fill-in';

const ROOT = join(__dirname, '../../../..');
const sources = ['cluster/specs', 'charts/environments'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
);

describe('what a checkout of the tests is filled in with', () => {
  it('replaces values that the sample still has', () => {
    for (const [sample] of VALUES) expect(sources.filter((text) => text.includes(sample))).not.toEqual([]);
  });

  it('leaves no name, account or network of a sample', () => {
    const sample = /123456789012|example\.(com|org|net)|192\.0\.2\.|198\.51\.100\.|203\.0\.113\./;
    expect(sources.filter((text) => !text.includes("'is not") && sample.test(fillIn(text)))).toEqual([]);
  });

  it('keeps host parts and prefixes', () => {
    expect(fillIn('198.51.100.16/28 api.lab.example.com:6443')).toBe('10.20.100.16/28 api.lab.internal:6443');
  });
});
