import type { Check } from '../check';
import { defaultDeny } from './default-deny';
import { isolated } from './isolated';
import { talksAreOpen } from './talks';

export const trafficChecks: readonly Check[] = [talksAreOpen, isolated, defaultDeny];
