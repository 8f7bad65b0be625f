import {
  type Copy,
  DockerfileParser,
  type From,
  type Instruction,
  type JSONInstruction,
  type PropertyInstruction,
} from 'dockerfile-ast';

/** What an image says of the processes that it becomes. */
export interface Config {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** `uid:gid` as it is written. */
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
}

/** What changes files, with what holds where it stands. */
export type Step =
  | { readonly kind: 'run'; readonly command: string; readonly config: Config }
  | {
      readonly kind: 'copy';
      /** Stage; the context where there is none. */
      readonly from?: string;
      readonly sources: readonly string[];
      readonly target: string;
      readonly config: Config;
    };

export interface Stage {
  /** Its name, or its number where it has none. */
  readonly name: string;
  /** An earlier stage, or an image. */
  readonly base: string;
  readonly steps: readonly Step[];
  readonly config: Config;
}

/** What Docker gives a process where an image says nothing. */
const PLAIN: Config = {
  folder: '/',
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  user: '0:0',
  entrypoint: [],
  labels: {},
  ports: [],
};

/**
 * Reads the stages of a Dockerfile, variables filled in.
 * @param values of `ARG` that are not the file's own.
 * @throws Error at an instruction, a flag or a form that is not known here: what would be passed over would prove nothing.
 */
export function readStages(text: string, values: Readonly<Record<string, string>> = {}): Stage[] {
  const stages: Stage[] = [];
  const everywhere: Record<string, string> = {};
  let args: Record<string, string> = {};
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    const stage = stages.at(-1);
    const fill = (words: string): string => fillIn(words, { ...args, ...stage?.config.env }, instruction);
    if (keyword === 'ARG') {
      const [property] = propertiesOf(instruction);
      if (property === undefined) throw unknown(instruction, 'names nothing');
      const [name, standard] = property;
      const value = values[name] ?? (standard === null ? everywhere[name] : fill(standard));
      if (value === undefined) throw unknown(instruction, 'has no value');
      (stage === undefined ? everywhere : args)[name] = value;
    } else if (keyword === 'FROM') {
      const from = instruction as From;
      const base = fillIn(from.getImage() ?? '', everywhere, instruction);
      const config = stages.find(({ name }) => name === base)?.config ?? PLAIN;
      stages.push({ name: from.getBuildStage() ?? String(stages.length), base, steps: [], config });
      args = {};
    } else if (stage === undefined) {
      throw unknown(instruction, 'stands before FROM');
    } else {
      stages[stages.length - 1] = follow(stage, instruction, fill);
    }
  }
  return stages;
}

/** The stage with one more instruction. */
function follow(stage: Stage, instruction: Instruction, fill: (words: string) => string): Stage {
  const { config, steps } = stage;
  const words = instruction.getArguments().map((argument) => argument.getValue());
  const changed = (changes: Partial<Config>): Stage => ({ ...stage, config: { ...config, ...changes } });
  const filled = () => Object.fromEntries(propertiesOf(instruction).map(([name, value]) => [name, fill(value ?? '')]));
  switch (instruction.getKeyword()) {
    case 'RUN': {
      const run = instruction as JSONInstruction;
      if (run.getFlags().length > 0 || run.getOpeningBracket()) throw unknown(instruction, 'has flags or no shell');
      return { ...stage, steps: [...steps, { kind: 'run', command: run.getArgumentsContent() ?? '', config }] };
    }
    case 'COPY': {
      const copy = instruction as Copy;
      const from = copy.getFromFlag()?.getValue() ?? undefined;
      if (
        copy.getFlags().length > (from === undefined ? 0 : 1) ||
        copy.getOpeningBracket() ||
        copy.getHeredocs().length > 0
      )
        throw unknown(instruction, 'has a form other than COPY [--from=STAGE] SOURCE… TARGET');
      const sources = words.map(fill);
      const target = sources.pop() ?? '';
      return {
        ...stage,
        steps: [...steps, { kind: 'copy', ...(from !== undefined && { from }), sources, target, config }],
      };
    }
    case 'WORKDIR':
      if (!words[0]?.startsWith('/')) throw unknown(instruction, 'is not absolute');
      return changed({ folder: fill(words[0]) });
    case 'ENV':
      return changed({ env: { ...config.env, ...filled() } });
    case 'LABEL':
      return changed({ labels: { ...config.labels, ...filled() } });
    case 'EXPOSE':
      return changed({ ports: [...config.ports, ...words.map(fill)] });
    case 'USER':
      return changed({ user: words.map(fill).join(' ') });
    case 'ENTRYPOINT': {
      const entrypoint = instruction as JSONInstruction;
      if (!entrypoint.getOpeningBracket())
        throw unknown(instruction, 'is a shell’s: signals would not reach the process');
      return changed({ entrypoint: entrypoint.getJSONStrings().map((word) => word.getJSONValue()) });
    }
    default:
      throw unknown(instruction, 'is not known here');
  }
}

const propertiesOf = (instruction: Instruction): [name: string, value: string | null][] =>
  (instruction as PropertyInstruction).getProperties().map((property) => [property.getName(), property.getValue()]);

/** Fills in `${NAME}` and `$NAME`. A shell's command is not for this: its variables are its own. */
const fillIn = (words: string, values: Readonly<Record<string, string>>, instruction: Instruction): string =>
  words.replace(/\$(?:\{(\w+)\}|(\w+)|(.))/g, (_, braced, bare, other) => {
    const value = values[braced ?? bare];
    if (value === undefined) throw unknown(instruction, `uses ${braced ?? bare ?? `$${other}`}, which has no value`);
    return value;
  });

const unknown = (instruction: Instruction, why: string): Error =>
  new Error(`line ${instruction.getRange().start.line + 1}: ${instruction.toString()} ${why}`);
