import { sidesOf } from '../../manifests/traffic/sides';
import { closestName } from '../../parse/parse';
import type { Check } from '../check';
import { declaredTalks } from './declared';
import { reportShut } from './shut';
import { reportUndeclared } from './undeclared';

export const talksAreOpen: Check = {
  id: 'traffic/declared-talks',
  what: 'NetworkPolicies open every talk that the inventory declares, and nothing else.',
  why: 'A talk that is shut fails when the pods run, as a timeout that names nobody. What is open without being declared is a way in that no review has seen.',
  exempt:
    'Traffic that an environment needs and its charts cannot declare. The reason says who opens it to whom, and until when.',
  judge({ set, inventory, report, cannotJudge }) {
    if (!inventory) return cannotJudge('no inventory declares the talks of this folder');
    const sides = sidesOf(set);
    const { namespace } = inventory;
    const own = [...sides.keys()].filter(({ party }) => party.namespace === namespace).map(({ party }) => party.name);
    const home = set.find('Namespace', '', namespace) ?? {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    };

    const talks = declaredTalks(inventory, [...sides.keys()]);
    for (const { peer, ends } of talks.flatMap(({ from, to }) => [from, to])) {
      if (!('workload' in peer) || ends.length > 0) continue;
      const near = closestName(peer.workload, own);
      report(
        home,
        [],
        `runs no workload ${peer.workload}, which a talk names`,
        near ? `\`${near}\`` : 'a workload of the environment',
      );
    }
    for (const talk of talks) reportShut(talk, sides, report);
    reportUndeclared(talks, sides, report);
  },
};
