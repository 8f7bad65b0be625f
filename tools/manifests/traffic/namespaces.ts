import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { ManifestSet } from '../manifest-set';
import { type Labels, selects } from '../selectors';
import { NAME_LABEL } from './party';

/** The namespaces that a selector chooses. */
export interface ChosenNamespaces {
  /** Those that the set renders or uses. */
  readonly names: readonly string[];
  /** Whether it may choose pods that the set does not render: of other namespaces, or of one whose pods come from elsewhere. */
  readonly beyond: boolean;
}

/**
 * How selectors choose namespaces. Labels of a namespace that is used and not rendered are not known, but for its name.
 * @param used namespaces in which the set renders pods.
 */
export function namespaceChooser(set: ManifestSet, used: ReadonlySet<string>) {
  const rendered = new Map(set.all('Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const known = new Map<string, Labels>();
  for (const name of [...used, ...rendered.keys()]) known.set(name, { ...rendered.get(name), [NAME_LABEL]: name });
  const choices = new Map<string, ChosenNamespaces>();

  const choose = (selector: LabelSelector): ChosenNamespaces => {
    const names = [...known].filter(([, labels]) => selects(selector, labels)).map(([name]) => name);
    const fromElsewhere = names.some((name) => !used.has(name) || !rendered.has(name));
    return { names, beyond: fromElsewhere || mayChooseOther(selector, rendered) };
  };
  return (selector: LabelSelector): ChosenNamespaces => {
    const key = JSON.stringify(selector);
    const choice = choices.get(key) ?? choose(selector);
    choices.set(key, choice);
    return choice;
  };
}

/** No namespace is called so: a selector that takes it asks for no name in particular. */
const SOME_OTHER = '';

/** Whether a selector leaves room for a namespace that the set does not render: whatever its labels are, its name is not one of these. */
function mayChooseOther(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  rendered: ReadonlyMap<string, unknown>,
): boolean {
  const name = matchLabels[NAME_LABEL];
  const expressions = matchExpressions.filter(({ key }) => key === NAME_LABEL);
  const listed = expressions.filter(({ operator }) => operator === 'In').flatMap(({ values = [] }) => values);
  const ofName: LabelSelector = {
    ...(name !== undefined && { matchLabels: { [NAME_LABEL]: name } }),
    matchExpressions: expressions,
  };
  return [SOME_OTHER, ...(name === undefined ? listed : [name])].some(
    (candidate) => !rendered.has(candidate) && selects(ofName, { [NAME_LABEL]: candidate }),
  );
}
