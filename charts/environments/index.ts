import type { ComposedEnvironment } from './environment';
import { kind } from './kind';
import { lab } from './lab';
import { production } from './production';

/** Every environment there is. */
export const environments: readonly ComposedEnvironment[] = [production, kind, lab];
