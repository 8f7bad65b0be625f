import picocolors from 'picocolors';
import { Refused } from '../../tools/parse/parse';

export interface Stage {
  readonly name: string;
  /** How long it may take before a note says so; more is not a failure. */
  readonly budgetMinutes: number;
  /** Rejects where the stage fails. */
  run(): Promise<void>;
}

/** How a stage ended. */
export interface Result extends Pick<Stage, 'name' | 'budgetMinutes'> {
  readonly outcome: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
}

// picocolors colours whenever CI is set; here a terminal decides.
const colours = picocolors.createColors(Boolean(process.stdout.isTTY) && picocolors.isColorSupported);

/**
 * Runs stages one after another and stops at the first that fails. The table of all of them comes last, either way.
 * @param now seconds of a clock that never goes back.
 * @returns whether every stage passed.
 */
export async function runStages(
  stages: readonly Stage[],
  print: (line: string) => void = console.log,
  now: () => number = () => performance.now() / 1000,
): Promise<boolean> {
  const results: Result[] = [];
  for (const stage of stages) {
    print(colours.bold(`\n== ${stage.name}`));
    const started = now();
    const error = await stage.run().then(() => undefined, toError);
    const result: Result = { ...stage, outcome: error ? 'failed' : 'passed', seconds: now() - started };
    results.push(result);
    print(`   ${stage.name}: ${result.seconds.toFixed(1)} s`);
    if (!error) continue;
    print(colours.red(`\nStage "${stage.name}" failed.`));
    print(error instanceof Refused ? error.message : shorten(error));
    break;
  }
  const rest = stages.slice(results.length);
  print('');
  for (const line of tabulate([...results, ...rest.map(leaveOut)])) print(line);
  return results.every(({ outcome }) => outcome === 'passed');
}

/** Lines of a table: a stage, what it took, what it may take. */
export function tabulate(results: readonly Result[]): string[] {
  const width = Math.max(...results.map(({ name }) => name.length), 'total'.length);
  const line = (name: string, seconds: string, budget: string, note: string) =>
    `${name.padEnd(width)}  ${seconds.padStart(9)}  ${budget.padStart(10)}  ${note}`.trimEnd();
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const minutes = results.reduce((sum, result) => sum + result.budgetMinutes, 0);
  return [
    colours.bold(line('stage', 'took', 'budget', '')),
    ...results.map((result) =>
      line(
        result.name,
        result.outcome === 'not run' ? '-' : `${result.seconds.toFixed(1)} s`,
        `${result.budgetMinutes} min`,
        noteOf(result),
      ),
    ),
    line('total', `${seconds.toFixed(1)} s`, `${minutes} min`, ''),
  ];
}

function noteOf({ outcome, seconds, budgetMinutes }: Result): string {
  const notes = [
    ...(outcome === 'failed' ? [colours.red('failed')] : []),
    ...(outcome === 'not run' ? ['not run'] : []),
    ...(seconds > budgetMinutes * 60 ? [colours.yellow('above its budget')] : []),
  ];
  return notes.join(', ');
}

const leaveOut = ({ name, budgetMinutes }: Stage): Result => ({ name, budgetMinutes, outcome: 'not run', seconds: 0 });

const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** A command that failed has printed why already: what it was and how it ended is enough. */
const shorten = (error: Error & { readonly shortMessage?: string }): string =>
  error.shortMessage ?? error.stack ?? error.message;
