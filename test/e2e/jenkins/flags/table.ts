/** One flag of a command. */
export interface Flag {
  /** `--file` */
  readonly name: string;
  /** `-f` */
  readonly short?: string;
  /** `VALUE`: one word follows; `VALUES`: all words up to the next flag; none: it says yes. */
  readonly takes?: 'VALUE' | 'VALUES';
  readonly required?: boolean;
}

/** Flags of each command, `docker buildx build`, in the order in which the tool lists them. */
export type Commands = Readonly<Record<string, readonly Flag[]>>;

/**
 * A table as jenkins/test/fakes/parse.awk reads it: commands at the margin, their flags indented.
 * @param head lines of the comment: where the flags come from.
 */
export function writeTable(head: readonly string[], commands: Commands): string {
  const comment = head.map((line) => `# ${line}`);
  const blocks = Object.entries(commands).flatMap(([command, flags]) => [
    command,
    ...flags.map(
      ({ name, short, takes, required }) =>
        `  ${[name, short, takes, required && 'required'].filter(Boolean).join(' ')}`,
    ),
  ]);
  return `${[...comment, ...blocks].join('\n')}\n`;
}
