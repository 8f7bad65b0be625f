import type { ManifestSet } from '../manifests/manifest-set';
import type { Path } from '../manifests/yaml';
import type { Inventory } from '../render/inventory';
import type { Manifest } from '../render/order';
import type { Schemas } from './schema/schemas';

/** One question that is put to a set of manifests. */
export interface Check {
  /** `area/name`, as findings, exemptions and `slipway check --list` show it. */
  readonly id: `${string}/${string}`;
  /** What must hold, as a sentence. */
  readonly what: string;
  /** What goes wrong where it does not hold. */
  readonly why: string;
  /** When an exemption is in order, and what it must say. */
  readonly exempt: string;
  judge(subject: Subject): void;
}

/** What a check is given, and how it answers. */
export interface Subject {
  readonly set: ManifestSet;
  /** What the environment declared; undefined for a folder without an inventory. */
  readonly inventory: Inventory | undefined;
  /** The same folder at the revision to compare with, or the reason why there is none. */
  readonly base: ManifestSet | { readonly missing: string };
  readonly schemas: Schemas;
  /**
   * Reports a finding.
   * @param object the object at fault; one that is not of the set (a Secret of the contract) is shown as the inventory's.
   * @param path the field at fault, from the object's root.
   * @param wrong what is wrong, after the field's name: "selects no pod".
   * @param right what would be right, after "expected": "labels that a pod carries".
   */
  report(object: Manifest, path: Path, wrong: string, right: string): void;
  /** Says that the question has no answer here. Once a check and folder. */
  cannotJudge(reason: string): void;
}

/** What a check found wrong. */
export interface Finding {
  readonly check: string;
  readonly object: Pick<Manifest, 'apiVersion' | 'kind'> & { readonly namespace?: string; readonly name: string };
  /** File as it was given on the command line. */
  readonly file: string;
  /** Line of the field, or of the nearest field above it that exists; from 1. */
  readonly line: number;
  /** `spec.template.spec.containers[0].image` */
  readonly path: string;
  readonly wrong: string;
  readonly right: string;
}

/** A question that had no answer. */
export interface Unanswered {
  readonly check: string;
  readonly reason: string;
}
