import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const page = read('docs/jenkins.md');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^ *\`\`\`${language}\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(([, text]) => text ?? '');

describe('docs/jenkins.md', () => {
  it('says of every command that it was not run, and why', () => {
    expect(blocks('sh').length).toBeGreaterThan(0);
    for (const block of blocks('sh')) expect(block).toMatch(/# not run: \S/);
  });

  it('shows the Jenkinsfile of the second repository as it is tested', () => {
    expect(blocks('groovy')[0]).toBe(read('jenkins/test/fixtures/billing/Jenkinsfile'));
  });

  it('names only npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, name = ''] of page.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([name]);
  });

  it('has every step on the page of the steps', () => {
    const steps = readdirSync(join(ROOT, 'jenkins/vars')).filter((file) => file.endsWith('.groovy'));
    expect(steps).toHaveLength(18);
    for (const step of steps)
      expect(read('docs/jenkins-steps.md')).toContain(`## ${step.slice(0, -'.groovy'.length)}\n`);
  });
});
