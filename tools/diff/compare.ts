import { ManifestSet } from '../manifests/manifest-set';
import { type Flow, flowKeys } from '../manifests/traffic/matrix';
import { compareManifests, type Manifest } from '../render/order';
import { capacityDelta } from './capacity';
import { HIDDEN_DIFFERS, shown } from './hidden';
import { type JudgedField, type JudgedObject, judgeObject } from './judge';
import type { Comparison, DiffReport, FieldReport, ObjectReport, Reason } from './report';
import { compareRisks, type Risk, worst } from './risk';
import { showSteps } from './steps';
import type { Verdict } from './subject';
import { summaryOf } from './summary';
import { trafficDelta } from './traffic';
import { canonical } from './values';
import { byEnds, worldOf } from './worlds';

/** Two versions of a set of manifests. One that is not there is `undefined`. */
export interface Sides {
  readonly name: string;
  readonly before: { readonly title: string; readonly set: ManifestSet | undefined };
  readonly after: { readonly title: string; readonly set: ManifestSet | undefined };
}

const NOTHING = new ManifestSet([]);

/** What changed between two versions, judged; the worst first. */
export function compare({ name, before, after }: Sides): Comparison {
  const [old, now] = [before.set ?? NOTHING, after.set ?? NOTHING];
  const { opened, closed } = trafficDelta(old, now);
  const worlds = { before: worldOf(old), after: worldOf(now), opened: byEnds(opened), closed: byEnds(closed) };
  const [was, is] = [old.byIdentity(), now.byIdentity()];
  const judged = [...new Set([...was.keys(), ...is.keys()])].flatMap(
    (identity) => judgeObject(was.get(identity), is.get(identity), worlds) ?? [],
  );
  const objects = judged
    .sort(worstFirst)
    .map((object) => objectReport(object, object.change === 'removed' ? old : now));
  return {
    name,
    before: before.title,
    after: after.title,
    status: !before.set ? 'new' : !after.set ? 'gone' : 'compared',
    summary: summaryOf(objects),
    objects,
    capacity: capacityDelta(before.set, after.set),
    traffic: { opened: keysOf(opened), closed: keysOf(closed) },
  };
}

export const reportOf = (comparisons: readonly Comparison[]): DiffReport => ({
  summary: summaryOf(comparisons.flatMap(({ objects }) => objects)),
  comparisons,
});

const keysOf = (flows: readonly Flow[]): readonly string[] => flows.flatMap(flowKeys);

const riskOf = ({ verdicts, fields }: JudgedObject): Risk =>
  worst([...verdicts, ...fields.flatMap((field) => field.verdicts)].map(({ risk }) => risk));

/** Worse risks first; among what is safe, kinds that are not known, which somebody has to read. */
const worstFirst = (a: JudgedObject, b: JudgedObject): number =>
  compareRisks(riskOf(a), riskOf(b)) || Number(a.known) - Number(b.known) || compareManifests(a.object, b.object);

function objectReport(judged: JudgedObject, set: ManifestSet): ObjectReport {
  const { object, change, verdicts, fields, known } = judged;
  const { apiVersion, kind, metadata } = object;
  const reports = fields.map((field) => fieldReport(field, object));
  return {
    change,
    apiVersion,
    kind,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    name: metadata.name,
    file: set.entryOf(object)?.file ?? '',
    risk: riskOf(judged),
    reasons: verdicts.map(reasonOf),
    // Sorting keeps the order of fields among equals.
    fields: reports.sort((a, b) => compareRisks(a.risk, b.risk)),
    known,
  };
}

const reasonOf = ({ risk, why }: Verdict): Reason => ({ risk, why });

function fieldReport({ steps, before, after, reordered, verdicts }: JudgedField, object: Manifest): FieldReport {
  const [was, is] = [shown(object, steps, before), shown(object, steps, after)];
  const hides = before !== undefined && after !== undefined && canonical(was) === canonical(is);
  return {
    path: showSteps(steps),
    ...(before !== undefined && { before: hides ? HIDDEN_DIFFERS : was }),
    ...(after !== undefined && { after: hides ? HIDDEN_DIFFERS : is }),
    ...(reordered && { reordered }),
    risk: worst(verdicts.map(({ risk }) => risk)),
    reasons: verdicts.map(reasonOf),
  };
}
