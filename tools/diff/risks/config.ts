import { namespaceOf } from '../../manifests/kinds';
import { isRead, type Reader, readKey } from '../readers';
import type { Subject, Verdict } from '../subject';
import { canonical } from '../values';
import { podsKey, type World } from '../worlds';
import { rolloutOf } from './rollout';

const DATA = ['data', 'binaryData', 'stringData'];

/** What becomes of pods that need a ConfigMap, a Secret or an account which changed or went. */
export function* config({ kind, object, before, after, worlds, leaves }: Subject): Generator<Verdict> {
  if (!isRead(kind) || !before) return;
  const readers = worlds.after.readers.get(readKey(kind, namespaceOf(object), object.metadata.name)) ?? [];
  if (!after) {
    const needing = readers.filter(({ needsIt }) => needsIt);
    if (needing.length > 0) yield { risk: 'restarts', why: `${names(needing)} needs it and cannot start again` };
    return;
  }
  const staying = readers.filter(
    (reader) => reader.pods.owner.kind !== 'CronJob' && !isReplaced(reader, worlds.before),
  );
  for (const { steps, after: value } of leaves) {
    if (!DATA.includes(String(steps[0])) || readers.length === 0) continue;
    const needing = value === undefined ? readers.filter(({ needs }) => needs.includes(String(steps[1]))) : [];
    if (needing.length > 0)
      yield { risk: 'restarts', why: `${names(needing)} needs the key and cannot start again`, at: steps };
    yield { risk: 'safe', why: effect(readers, staying), at: steps };
  }
}

function effect(readers: readonly Reader[], staying: readonly Reader[]): string {
  if (readers.every(({ pods }) => pods.owner.kind === 'CronJob')) return `${names(readers)} reads it at its next run`;
  if (staying.length === 0) return `${names(readers)} restarts in this change and reads it then`;
  const once = staying.filter(({ how }) => how === 'once');
  return once.length > 0
    ? `running pods keep the old value until they restart: ${names(once)}`
    : `files change under running pods within a minute or two; who reads them only at its start keeps the old: ${names(staying)}`;
}

const names = (readers: readonly Reader[]): string =>
  [...new Set(readers.map(({ pods }) => `${pods.owner.kind} ${pods.owner.metadata.name}`))].join(', ');

/** Whether the same change replaces the pods, or makes them: their template differs. */
function isReplaced({ pods }: Reader, before: World): boolean {
  const old = before.pods.get(podsKey(pods));
  const said = (template: typeof pods) => canonical([template.spec, template.labels, template.annotations]);
  return !old || (said(old) !== said(pods) && rolloutOf(pods.owner)?.risk === 'restarts');
}
