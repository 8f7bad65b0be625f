import type { ManifestSet } from '../../../tools/manifests/manifest-set';
import type { Manifest } from '../../../tools/render/order';

/** What a judge is shown. */
export interface Subject {
  /** Name of an environment; `tree` and `history` for the repository. */
  readonly name: string;
  readonly folder: string;
}

/** An environment as dist/ holds it, or a copy with a fault. */
export interface Environment extends Subject {
  /** Minor of Kubernetes that it is for: `1.36`. */
  readonly kubernetes: string;
  readonly set: ManifestSet;
}

/** What a judge found wrong. Its message may change with the tool; allowances name the other fields. */
export interface Finding {
  readonly judge: string;
  readonly subject: string;
  /** `Kind/namespace/name`, or what else the judge speaks of: a file, a connection. */
  readonly object: string;
  readonly rule: string;
  readonly message: string;
}

/** What a judge says of a subject: the judge's and the subject's names are known. */
export type Said = Pick<Finding, 'object' | 'rule' | 'message'>;

/** A judge's answer about one subject. */
export interface Verdict {
  /** How much the tool itself reports to have judged. */
  readonly judged: number;
  /** How much there is to judge, counted without the tool; never 0. Less than that judged is a failure. */
  readonly expected: number;
  readonly said: readonly Said[];
}

/** A subject that is wrong on purpose. */
export interface Planted<S extends Subject> {
  readonly subject: S;
  /** Object that must be named; any where it cannot be known beforehand. */
  readonly object?: string;
}

/** A fault that a judge must catch each time: one that judges nothing fails the gate. */
export interface Fault<S extends Subject> {
  readonly title: string;
  /** Rule that must be reported. */
  readonly rule: string;
  /** @param folder an empty folder to make the faulty subject in. */
  plant(folder: string): Planted<S> | Promise<Planted<S>>;
}

/** An outside tool that judges what this repository holds. */
export interface Judge<S extends Subject = Environment> {
  readonly name: string;
  /** Folder below test/e2e/tools that pins it. */
  readonly tool: string;
  /** What it counts. */
  readonly unit: string;
  readonly subjects: readonly S[];
  judge(subject: S): Promise<Verdict>;
  readonly faults: readonly Fault<S>[];
}

/** An object as findings and allowances name it: `Kind/namespace/name`, `Kind/name` for an object of the whole cluster. */
export const nameOf = ({ kind, metadata }: Manifest): string =>
  [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/');
