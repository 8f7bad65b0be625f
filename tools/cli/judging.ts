import { Refused } from '../parse/parse';
import { UsageError } from './errors';

/**
 * Runs what asks a cluster before anything is changed: whatever keeps it from an answer ends with exit code 2, since 1
 * means something else.
 */
export async function judging<Result>(work: () => Promise<Result>): Promise<Result> {
  const { ApiError, Unreachable }: typeof import('../deploy/api/error') = require('../deploy/api/error');
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) throw new UsageError(error.faults);
    if (error instanceof ApiError) throw new UsageError([error.message]);
    if (error instanceof Unreachable) {
      throw new UsageError([
        error.message,
        'Is the cluster up, and the kubeconfig right? See --kubeconfig and --context',
      ]);
    }
    throw error;
  }
}
