import type { Rule } from '../rules';

/** Kinds whose own labels and annotations decide something are told of by their own rules. */
export const GENERAL_RULES: readonly Rule[] = [
  {
    kinds: 'every kind',
    fields: 'apiVersion',
    risk: 'safe',
    why: 'the same object in another version of its API',
  },
  {
    kinds: 'every kind',
    fields: 'metadata.labels.*',
    risk: 'safe',
    why: 'a label of the object itself',
  },
  {
    kinds: 'every kind',
    fields: 'metadata.annotations.*',
    risk: 'safe',
    why: 'an annotation of the object itself; whoever reads it acts on it',
  },
];
