/** An image reference: `registry/name:tag@sha256:…`. */
export interface Image {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export function imageOf(reference: string): Image {
  const [tagged = '', digest] = reference.split('@');
  // A colon before the last slash is the registry's port.
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  return colon < 0
    ? { name: tagged, tag: undefined, digest }
    : { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1), digest };
}

/** The beginning of a digest: enough to tell two apart. */
const short = (digest: string | undefined): string =>
  digest === undefined ? 'no digest' : digest.replace(/^(\w+:[0-9a-f]{12})[0-9a-f]+$/, '$1…');

/** A change of image as people read it: `redis 8.2.1 → 8.2.2 (sha256:5fa2edb1e408… → sha256:0c1f2e…)`. */
export function showImageChange(before: string, after: string): string {
  const [old, now] = [imageOf(before), imageOf(after)];
  const tags = [old, now].map(({ tag = 'no tag' }) => tag);
  const names =
    old.name === now.name ? `${old.name} ${arrow(tags)}` : `${old.name} ${tags[0]} → ${now.name} ${tags[1]}`;
  if (old.digest === undefined && now.digest === undefined) return `${names} (no digest)`;
  return `${names} (${arrow([short(old.digest), short(now.digest)])})`;
}

const arrow = ([one, other]: readonly string[]): string => (one === other ? `${one}` : `${one} → ${other}`);

/** Whether the second tag is a lower version than the first: numbers compared from the left. */
export function isDowngrade(before: string, after: string): boolean {
  const [old, now] = [before, after].map((reference) => versionOf(imageOf(reference).tag));
  if (!old || !now || imageOf(before).name !== imageOf(after).name) return false;
  const differs = old.findIndex((part, index) => part !== (now[index] ?? 0));
  return differs >= 0 && (now[differs] ?? 0) < (old[differs] ?? 0);
}

const versionOf = (tag = ''): readonly number[] | undefined =>
  /^v?(\d+(?:\.\d+)*)/.exec(tag)?.[1]?.split('.').map(Number);
