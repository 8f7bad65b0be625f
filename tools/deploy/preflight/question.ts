import type { Api } from '../api/client';
import type { Bundle } from '../bundle';
import type { Target } from '../target';

/** What questions before a release may look at. */
export interface PreflightContext {
  readonly bundle: Bundle;
  readonly api: Api;
  readonly target: Target;
  /** Root of the checkout. */
  readonly root: string;
  /** Files of dist/ that a synth would change. */
  readonly staleFiles: () => Promise<readonly string[]>;
  /** Whether claims are to be deleted with what made them. */
  readonly pruneData: boolean;
}

/** What a question found. */
export interface Finding {
  readonly question: string;
  /** What stands against a release: field, value, expectation, next step. */
  readonly faults: readonly string[];
  /** What somebody should know, and nothing more. */
  readonly notes: readonly string[];
}

/** What a question answers; its name is put to it by whoever asks. */
export interface Answer {
  readonly faults: readonly string[];
  readonly notes?: readonly string[];
}

/**
 * One question before a release. Changes nothing, anywhere.
 * @throws Refused, ApiError or Unreachable where it cannot be answered; that stands against a release as well.
 */
export interface Question {
  readonly name: string;
  ask(context: PreflightContext): Promise<Answer>;
}

/** The administrator's next step. */
export const platformStep = ({ environment }: Bundle): string =>
  `Next: \`slipway platform ${environment}\` as administrator`;
