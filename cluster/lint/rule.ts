/** `dead`: it does not do what it stands there for. `slow`: it does, later than it could. `note`: worth knowing. */
export type Severity = 'dead' | 'slow' | 'note';

/** Where a rule saw something, and what. */
export interface Sighting {
  readonly line: number;
  /** The setting with its value, and what it amounts to here. */
  readonly what: string;
}

/** One shape that people write and that does not do what they think. */
export interface Rule<Config> {
  readonly id: string;
  readonly severity: Severity;
  /** What it leads to: a measured figure where there is one (docs/proof.md says how it was measured), a documented fact otherwise. */
  readonly why: string;
  readonly fix: string;
  /** @param others configurations of the same program that were given with it: the other balancers of a pair. */
  readonly find: (config: Config, others: readonly Config[]) => Iterable<Sighting>;
}

/** Something that a rule saw in a file. */
export interface Finding extends Sighting {
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
}
