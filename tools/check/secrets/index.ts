import type { Check } from '../check';
import { annotation, commandLine, configMap, env } from './literals';
import { secretObjects } from './objects';
import { passwordHashes, privateKeys, registryLogins, tokens, urls } from './shapes';

export const secretsChecks: readonly Check[] = [
  secretObjects,
  env,
  commandLine,
  configMap,
  annotation,
  urls,
  privateKeys,
  tokens,
  passwordHashes,
  registryLogins,
];
