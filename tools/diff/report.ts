import type { Risk } from './risk';

/** How many objects came, changed and went, and how many of each do what. */
export interface Summary {
  readonly added: Count;
  readonly changed: Count;
  readonly removed: Count;
  /** Objects of kinds that are not known here: they count as safe, or as data at risk where they went. */
  readonly unknown: number;
}

export interface Count {
  readonly objects: number;
  /** Objects by the worst that they do; `safe` ones are not listed, so the sum may be less than `objects`. */
  readonly risks: Partial<Readonly<Record<Exclude<Risk, 'safe'>, number>>>;
}

/** Why a change has its risk. */
export interface Reason {
  readonly risk: Risk;
  /** Half a sentence. */
  readonly why: string;
}

/** A field that differs. */
export interface FieldReport {
  /** `spec.template.spec.containers[chat].image`: entries of lists by what tells them apart. */
  readonly path: string;
  /** Missing where the field was not there. A whole subtree that came or went is one field. */
  readonly before?: unknown;
  /** Missing where the field is no longer there. */
  readonly after?: unknown;
  /** Both sides hold the same entries in another order. */
  readonly reordered?: true;
  /** Of the worst reason. */
  readonly risk: Risk;
  /** The worst first; never empty. */
  readonly reasons: readonly Reason[];
}

/** An object that differs. */
export interface ObjectReport {
  readonly change: 'added' | 'changed' | 'removed';
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Where it stands, or stood. */
  readonly file: string;
  /** The worst of its fields' and its own. */
  readonly risk: Risk;
  /** What is said of it as a whole. */
  readonly reasons: readonly Reason[];
  /** The worst first. Empty for an object that was added or removed. */
  readonly fields: readonly FieldReport[];
  /** Whether its kind is known here; otherwise somebody has to read what its controller makes of the change. */
  readonly known: boolean;
}

/** An amount that the whole set may come to use: every autoscaler at its maximum, every rollout at its surge. */
export interface AmountReport {
  readonly what: 'pods' | 'requests' | 'limits' | 'storage';
  readonly resource?: 'cpu' | 'memory' | 'ephemeralStorage';
  /** Pods, cores or bytes. */
  readonly unit: 'pods' | 'cores' | 'bytes';
  readonly before: number;
  readonly after: number;
}

/** Two versions of one environment, or two folders. */
export interface Comparison {
  /** Name of the environment, or `OLD → NEW` of the folders. */
  readonly name: string;
  /** What is compared: a revision, a folder. */
  readonly before: string;
  readonly after: string;
  /** `new` and `gone`: one side has nothing of it. */
  readonly status: 'compared' | 'new' | 'gone';
  readonly summary: Summary;
  /** The worst first, then by kind and name. */
  readonly objects: readonly ObjectReport[];
  /** Amounts that differ. */
  readonly capacity: readonly AmountReport[];
  /** Who may talk to whom, as `from → to: port`. */
  readonly traffic: { readonly opened: readonly string[]; readonly closed: readonly string[] };
}

/** What `slipway diff --json` prints. */
export interface DiffReport {
  readonly summary: Summary;
  readonly comparisons: readonly Comparison[];
}
