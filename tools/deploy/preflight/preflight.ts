import { Refused } from '../../parse/parse';
import { ApiError, Unreachable } from '../api/error';
import { accessSuffices } from './access';
import { rightCluster } from './endpoint';
import { imagesPinned } from './images';
import { namespaceStands } from './namespace';
import type { Finding, PreflightContext, Question } from './question';
import { noSamples } from './samples';
import { secretsThere } from './secrets';
import { sourcesCurrent } from './sources';
import { toolsFit } from './tools';

export type { Finding, PreflightContext } from './question';

/** What is asked of the cluster and of the tools that speak to it, whatever is to be released. */
export const CLUSTER: readonly Question[] = [toolsFit, rightCluster, accessSuffices, namespaceStands, secretsThere];

/** Everything that is asked before a release, in the order in which it is told. */
export const QUESTIONS: readonly Question[] = [sourcesCurrent, noSamples, imagesPinned, ...CLUSTER];

/** Asks everything at once; a fault of one hides none of another. */
export const preflight = (
  context: PreflightContext,
  questions: readonly Question[] = QUESTIONS,
): Promise<readonly Finding[]> => Promise.all(questions.map((question) => answer(question, context)));

/** What cannot be answered stands against a release, too. */
async function answer({ name, ask }: Question, context: PreflightContext): Promise<Finding> {
  try {
    const { faults, notes = [] } = await ask(context);
    return { question: name, faults, notes };
  } catch (error) {
    if (error instanceof Refused) return { question: name, faults: error.faults, notes: [] };
    if (!(error instanceof ApiError || error instanceof Unreachable)) throw error;
    return { question: name, faults: [`${name}: could not be asked: ${error.message}`], notes: [] };
  }
}
