import type { Check } from '../check';
import { configMapKeys, orphanConfigMaps } from './config-maps';
import {
  claimExists,
  governingServiceExists,
  ingressClassExists,
  namespaceExists,
  noDuplicates,
  priorityClassExists,
  serviceAccountExists,
  storageClassExists,
} from './objects';
import { affinitySelectsPods, spreadCountsOwnPods } from './placement';
import { ingressBackends, probesNamePorts, serviceTargetsPorts } from './ports';
import { secretsInContract } from './secrets';
import { budgetSelectsPods, ownSelector, policySelectsPods, serviceSelectsPods } from './selectors';
import { mountsNameVolumes, rolesAndSubjects, scalerTargetExists } from './targets';

export const referenceChecks: readonly Check[] = [
  noDuplicates,
  namespaceExists,
  ownSelector,
  serviceSelectsPods,
  serviceTargetsPorts,
  ingressBackends,
  ingressClassExists,
  probesNamePorts,
  policySelectsPods,
  budgetSelectsPods,
  scalerTargetExists,
  spreadCountsOwnPods,
  affinitySelectsPods,
  configMapKeys,
  orphanConfigMaps,
  secretsInContract,
  serviceAccountExists,
  rolesAndSubjects,
  mountsNameVolumes,
  claimExists,
  storageClassExists,
  priorityClassExists,
  governingServiceExists,
];
