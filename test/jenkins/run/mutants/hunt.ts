import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '../../../../tools/parse/parse';
import { type Mutant, plant } from './mutant';
import { judge, sicknessOf, specOf, type Verdict } from './verdict';
import { type Answer, type Task, Worker } from './workers';

/**
 * Lets mutants loose, one on each copy of jenkins/, two at a time.
 * @param classes folder of the compiled specs.
 * @throws Refused where a mutant's text is not found, or where its specs fail without it.
 */
export async function hunt(
  jenkins: string,
  classes: string,
  classPath: string,
  mutants: readonly Mutant[],
): Promise<Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-mutants-'));
  const lanes = [new Lane(classes, classPath), new Lane(classes, classPath)];
  try {
    const healthy = copyLibrary(jenkins, join(folder, 'healthy'));
    const planted = mutants.map((mutant, index) => {
      const library = copyLibrary(jenkins, join(folder, String(index)));
      plant(mutant, library);
      return { mutant, task: { library, ...specOf(mutant) } };
    });
    const specs = [...new Map(mutants.map((mutant) => [JSON.stringify(specOf(mutant)), specOf(mutant)])).values()];
    const sick = await share(lanes, specs, async (lane, spec) =>
      sicknessOf(spec, await lane.run({ library: healthy, ...spec })),
    );
    const faults = sick.filter((fault) => fault !== undefined);
    if (faults.length > 0) throw new Refused(faults);
    return await share(lanes, planted, async (lane, { mutant, task }) => judge(mutant, await lane.run(task)));
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    rmSync(folder, { recursive: true });
  }
}

/** A real copy: specs delete folders, and what a link leads to must not be among them. */
function copyLibrary(jenkins: string, copy: string): string {
  cpSync(jenkins, copy, { recursive: true, filter: (path) => path !== join(jenkins, 'target') });
  return copy;
}

/** A worker, and another one in its place where specs hang. */
class Lane {
  private worker: Worker;

  constructor(
    private readonly classes: string,
    private readonly classPath: string,
  ) {
    this.worker = new Worker(classes, classPath);
  }

  async run(task: Task): Promise<Answer | undefined> {
    const answer = await this.worker.run(task);
    if (!answer) this.worker = new Worker(this.classes, this.classPath);
    return answer;
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}

/** Each lane takes the next piece of work when it has done one. Results are in the order of the work. */
async function share<T, R>(
  lanes: readonly Lane[],
  work: readonly T[],
  act: (lane: Lane, piece: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const rest = [...work.entries()];
  const drain = async (lane: Lane): Promise<void> => {
    for (let next = rest.shift(); next; next = rest.shift()) results[next[0]] = await act(lane, next[1]);
  };
  await Promise.all(lanes.map(drain));
  return results;
}
