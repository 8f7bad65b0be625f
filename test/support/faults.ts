import { Refused } from '../../tools/parse/parse';

/** The faults that refuse it; none where nothing does. */
export function faultsOf(attempt: () => unknown): readonly string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (error instanceof Refused) return error.faults;
    throw error;
  }
}
