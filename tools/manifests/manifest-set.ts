import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { identity, type Manifest } from '../render/order';
import { GROUPS, groupOf, type Kind, namespaceOf, type Typed } from './kinds';
import { type PodTemplate, podTemplateOf } from './pods';
import { pairsOf, selects } from './selectors';
import type { Path } from './yaml';

/** An object and where it was found. */
export interface Entry {
  readonly manifest: Manifest;
  readonly file: string;
  /** Number of the document in its file, from 0. */
  readonly document: number;
  /** Where in the document: not empty for an item of a List. */
  readonly path: Path;
}

/** What is released together: every object of an environment, or of a folder. */
export class ManifestSet {
  readonly objects: readonly Manifest[];
  readonly #byKind = new Map<string, Manifest[]>();
  readonly #labels = new Map<string, readonly string[]>();
  readonly #entries: ReadonlyMap<Manifest, Entry>;
  #byName: ReadonlyMap<string, Manifest> | undefined;
  #pods: readonly PodTemplate[] | undefined;
  #podsByLabel: ReadonlyMap<string, readonly PodTemplate[]> | undefined;

  constructor(readonly entries: readonly Entry[]) {
    this.objects = entries.map(({ manifest }) => manifest);
    this.#entries = new Map(entries.map((entry) => [entry.manifest, entry]));
    for (const object of this.objects) {
      const key = `${groupOf(object.apiVersion)}/${object.kind}`;
      const known = this.#byKind.get(key);
      if (known) known.push(object);
      else this.#byKind.set(key, [object]);
    }
  }

  /** Objects of a built-in kind, in the order of their files. */
  all<K extends Kind>(kind: K): readonly Typed<K>[] {
    return (this.#byKind.get(`${GROUPS[kind]}/${kind}`) ?? []) as Typed<K>[];
  }

  /** The object of that kind, namespace (empty for the cluster's) and name. */
  find<K extends Kind>(kind: K, namespace: string, name: string): Typed<K> | undefined {
    this.#byName ??= new Map(this.objects.map((object) => [nameOf(object), object]));
    return this.#byName.get(`${GROUPS[kind]}/${kind}/${namespace}/${name}`) as Typed<K> | undefined;
  }

  /** Names of a kind in a namespace (empty for the cluster's). */
  namesOf(kind: Kind, namespace: string): string[] {
    return this.all(kind)
      .filter((object) => namespaceOf(object) === namespace)
      .map(({ metadata }) => metadata.name);
  }

  /** What makes pods, each with the template of its pods. */
  get pods(): readonly PodTemplate[] {
    this.#pods ??= this.objects.flatMap((object) => podTemplateOf(object) ?? []);
    return this.#pods;
  }

  /** Pods of a namespace that a selector chooses; an empty one chooses them all. */
  podsChosen(namespace: string, selector: LabelSelector): readonly PodTemplate[] {
    this.#podsByLabel ??= indexed(this.pods);
    const [pair] = Object.entries(selector.matchLabels ?? {});
    // One of the wanted labels finds the few pods that are worth a look among thousands.
    const candidates = this.#podsByLabel.get(pair ? `${namespace}/${pair.join('=')}` : namespace) ?? [];
    return candidates.filter(({ labels }) => selects(selector, labels));
  }

  /** Labels that pods of a namespace carry, each once, as `key=value`. */
  labelsIn(namespace: string): readonly string[] {
    const known = this.#labels.get(namespace);
    if (known) return known;
    const carried = [...new Set(this.podsChosen(namespace, {}).flatMap(({ labels }) => pairsOf(labels)))];
    this.#labels.set(namespace, carried);
    return carried;
  }

  /** Where an object was found; undefined for one that is not of this set. */
  entryOf(object: Manifest): Entry | undefined {
    return this.#entries.get(object);
  }

  /** Objects by identity; of several with the same one, the last, as `kubectl apply` would leave it. */
  byIdentity(): ReadonlyMap<string, Manifest> {
    return new Map(this.objects.map((object) => [identity(object), object]));
  }
}

const nameOf = (object: Manifest): string =>
  `${groupOf(object.apiVersion)}/${object.kind}/${namespaceOf(object)}/${object.metadata.name}`;

/** Pods by their namespace, and by each of their labels in it. */
function indexed(pods: readonly PodTemplate[]): Map<string, PodTemplate[]> {
  const index = new Map<string, PodTemplate[]>();
  for (const pod of pods) {
    for (const key of [pod.namespace, ...pairsOf(pod.labels).map((pair) => `${pod.namespace}/${pair}`)]) {
      const known = index.get(key);
      if (known) known.push(pod);
      else index.set(key, [pod]);
    }
  }
  return index;
}
