import type { Kind } from '../../manifests/kinds';
import type { Check } from '../check';

/** Kinds whose removal takes data along. */
const HOLDS_DATA: readonly Kind[] = ['Namespace', 'PersistentVolume', 'PersistentVolumeClaim'];

const POLICY = 'helm.sh/resource-policy';

export const dataIsKept: Check = {
  id: 'immutability/kept-data',
  what: "Every Namespace, PersistentVolume and PersistentVolumeClaim carries Helm's keep policy.",
  why: 'An object that is no longer rendered is deleted by the next release, and what it holds with it.',
  exempt: 'A scratch volume whose content nobody would miss; the reason says what is in it.',
  judge: ({ set, report }) => {
    for (const object of HOLDS_DATA.flatMap((kind) => set.all(kind))) {
      const policy = object.metadata.annotations?.[POLICY];
      if (policy === 'keep') continue;
      const wrong = policy === undefined ? 'is missing' : `${JSON.stringify(policy)} keeps nothing`;
      report(object, ['metadata', 'annotations', POLICY], wrong, 'keep');
    }
  },
};
