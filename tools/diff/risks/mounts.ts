import type { Volume } from 'kubernetes-types/core/v1';
import { containersOf, type PodTemplate, valueAt } from '../../manifests/pods';
import { isDowngrade } from '../images';
import { type Steps, touches } from '../steps';
import { inTemplate, type Subject, type Verdict } from '../subject';

/** Sources of volumes that hold nothing which outlives its pod, or nothing that a pod writes. */
const NOT_KEPT = ['configMap', 'downwardAPI', 'emptyDir', 'ephemeral', 'gitRepo', 'image', 'projected', 'secret'];

/** Where a container finds what is stored. */
interface Mount {
  /** What is mounted: a claim, a share, a folder of a node; with the folder in it. */
  readonly source: string;
  readonly mountPath: string;
  /** Fields that say so. */
  readonly fields: readonly Steps[];
}

/** Stored data that pods no longer find where they had it, and older software on newer data. */
export function* mounts(subject: Subject): Generator<Verdict> {
  const { before, after } = subject.pods;
  if (!before || !after) return;
  const [had, have] = [mountsOf(before), mountsOf(after)];
  const kept = new Set(have.map(keyOf));
  for (const mount of had) {
    if (kept.has(keyOf(mount))) continue;
    const at = mount.fields.find((field) => subject.leaves.some(({ steps }) => touches(steps, field)));
    yield { risk: 'data', why: `${mount.source} is no longer mounted at ${mount.mountPath}`, ...(at && { at }) };
  }
  if (have.length > 0) yield* olderSoftware(subject, after);
}

/** Software that is older than what wrote its data, or that runs as another user. */
function* olderSoftware(subject: Subject, { spec }: PodTemplate): Generator<Verdict> {
  for (const { steps, before, after } of subject.leaves) {
    const field = inTemplate(subject, steps);
    if (!field || before === undefined || after === undefined) continue;
    if (field.at(-1) === 'image' && isDowngrade(String(before), String(after)))
      yield { risk: 'data', why: 'an older version may not read what the newer one wrote', at: steps };
    if (field.at(-1) === 'runAsUser' && spec.securityContext?.fsGroup === undefined)
      yield {
        risk: 'data',
        why: 'its files belong to the old user, and no fsGroup gives them to the new one',
        at: steps,
      };
  }
}

const keyOf = ({ source, mountPath }: Mount): string => `${mountPath} ${source}`;

function mountsOf(template: PodTemplate): Mount[] {
  const volumes = new Map((template.spec.volumes ?? []).map((volume) => [volume.name, sourceOf(volume)]));
  for (const name of claimTemplates(template)) volumes.set(name, `a claim of its template ${name}`);
  return containersOf(template).flatMap(({ container, role }) =>
    (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath, subPathExpr }): Mount[] => {
      const source = volumes.get(name);
      if (source === undefined) return [];
      const folder = subPath ?? subPathExpr;
      const list = role === 'main' ? 'containers' : 'initContainers';
      const inPod = [...template.path, 'spec'];
      return [
        {
          source: folder === undefined ? source : `${folder} of ${source}`,
          mountPath,
          fields: [
            [...inPod, 'volumes', { entry: name }],
            [...inPod, list, { entry: container.name }, 'volumeMounts', { entry: mountPath }],
            ['spec', 'volumeClaimTemplates'],
          ],
        },
      ];
    }),
  );
}

/** What a volume keeps; undefined where nothing in it outlives its pods. */
function sourceOf({ name: _, ...sources }: Volume): string | undefined {
  const [kind, source] = Object.entries(sources)[0] ?? [];
  if (kind === undefined || NOT_KEPT.includes(kind)) return undefined;
  if (kind === 'persistentVolumeClaim') return `claim ${(source as { claimName: string }).claimName}`;
  return `${kind} ${JSON.stringify(source)}`;
}

/** Names of a StatefulSet's claim templates: each is a volume of its pods. */
export function claimTemplates({ owner }: PodTemplate): readonly string[] {
  const templates = valueAt(owner, ['spec', 'volumeClaimTemplates']);
  if (!Array.isArray(templates)) return [];
  return templates.map((template) => String(valueAt(template, ['metadata', 'name'])));
}
