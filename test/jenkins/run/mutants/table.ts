import type { Mutant } from './mutant';
import { CHECKS } from './table/checks';
import { DELIVERY } from './table/delivery';
import { IMAGES } from './table/images';
import { RELEASE } from './table/release';
import { SOURCE } from './table/source';

/** Every planted fault. */
export const MUTANTS: readonly Mutant[] = [...CHECKS, ...IMAGES, ...SOURCE, ...RELEASE, ...DELIVERY];
