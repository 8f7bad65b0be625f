import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** A line of jenkins/agent/tools.txt. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** `-` where nobody obtained it. */
  readonly sha256: string;
  readonly check: string;
  readonly member: string;
  readonly address: string;
}

/** @throws Error at a line that has not seven words. */
export const readTools = (table = readFileSync(join(ROOT, 'jenkins/agent/tools.txt'), 'utf8')): Tool[] =>
  table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const words = line.split(/ +/);
      const [name, version, architecture, sha256, check, member, address, ...more] = words;
      if (!name || !version || !architecture || !sha256 || !check || !member || !address || more.length > 0)
        throw new Error(`jenkins/agent/tools.txt: ${line}: has ${words.length} words; expected 7`);
      return { name, version, architecture, sha256, check, member, address };
    });

/** A table of these tools. */
export const writeTools = (tools: readonly Tool[]): string =>
  `# Of a test.\n${tools
    .map(({ name, version, architecture, sha256, check, member, address }) =>
      [name, version, architecture, sha256, check, member, address].join(' '),
    )
    .join('\n')}\n`;
