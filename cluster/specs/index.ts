import type { Cluster } from '../spec';
import { kind } from './kind';
import { lab } from './lab';
import { production } from './production';

/** Every cluster there is, in the order in which a list names them. */
export const clusters: readonly Cluster[] = [production, kind, lab];
