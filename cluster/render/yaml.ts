import { dump } from 'js-yaml';

/** Objects as documents of one YAML file, in their order. */
export const yaml = (...documents: readonly object[]): string =>
  documents.map((document) => dump(document, { noRefs: true, lineWidth: -1 })).join('---\n');
