import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import { ALLOWANCES } from './allowances';
import { binaryOf, buildMissing } from './build';
import { compose } from './compose';
import { gitleaksHistory, gitleaksTree } from './gitleaks';
import { hadolint } from './hadolint';
import { type Hearing, hear } from './hear';
import { kubeScore } from './kube-score';
import { kubeconform } from './kubeconform';
import { kubectlValidate } from './kubectl-validate';
import { minors } from './minors';
import { JUDGES, readTool } from './modules';
import { netpolAnalyzer } from './netpol-analyzer';
import { deployedOpenApi } from './openapi';
import { podSecurity } from './pod-security';
import { tabulate } from './report';
import { copyOfTree, isShallow } from './repository';
import { writeSchemas } from './schemas';
import { ROOT, readEnvironments } from './subjects';
import { showFinding, weigh } from './weigh';

/**
 * Lets every outside judge judge dist/ and the repository.
 * @returns whether all of them can be believed, and found nothing but what is allowed.
 */
export async function holdGate(print: (line: string) => void): Promise<boolean> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-judges-')));
  try {
    const tools = JUDGES.map((name) => readTool(name));
    await buildMissing(tools, print);
    const binaries = new Map(tools.map((tool) => [tool.name, binaryOf(tool)]));
    const hearings = await hearAll((name) => binaries.get(name) ?? '', temporary);
    const { allowed, unlisted, faults } = weigh(
      hearings.flatMap(({ findings }) => findings),
      ALLOWANCES,
    );
    const versions = new Map(tools.map(({ name, version }) => [name, version]));
    for (const line of tabulate(hearings, versions, allowed)) print(line);
    // How a judge broke stands first: what the list then allows in vain is its consequence.
    const wrong = new Set([...hearings.flatMap(({ failures }) => failures), ...unlisted.map(showFinding), ...faults]);
    if (wrong.size > 0) print('');
    for (const line of wrong) print(line);
    if (await isShallow(ROOT)) print('\nnot run: gitleaks history: this clone is cut off. Run git fetch --unshallow.');
    return wrong.size === 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** One after another: each has the machine to itself, and its time is its own. */
async function hearAll(binary: (tool: string) => string, temporary: string): Promise<Hearing[]> {
  const environments = readEnvironments();
  // Faults are planted in what is deployed to people, where there is such an environment.
  const sample = environments.find(({ name }) => name === 'production') ?? environments[0];
  if (sample === undefined)
    throw new Refused(['dist/inventory: holds no environment; expected one at least. Run npm run synth.']);
  const deployed = await deployedOpenApi(environments);
  const schemas = writeSchemas(join(temporary, 'schemas'));
  const tree = join(temporary, 'tree');
  await copyOfTree(ROOT, tree);
  const hearings = [
    () => hear(kubeScore(binary('kube-score'), environments, sample), temporary),
    () => hear(podSecurity(binary('pod-security'), environments, sample), temporary),
    ...minors(sample, deployed).map(
      (minor) => () => hear(kubectlValidate(binary('kubectl-validate'), environments, minor), temporary),
    ),
    () => hear(kubeconform(binary('kubeconform'), environments, sample, schemas), temporary),
    () => hear(netpolAnalyzer(binary('netpol-analyzer'), environments, sample), temporary),
    () => hear(hadolint(binary('hadolint'), tree, temporary), temporary),
    () => hear(compose(binary('compose'), tree), temporary),
    () => hear(gitleaksTree(binary('gitleaks'), tree, temporary), temporary),
    // A server that clones the last commit alone has no history to judge; who has it all judges all of it.
    ...((await isShallow(ROOT)) ? [] : [() => hear(gitleaksHistory(binary('gitleaks'), ROOT, temporary), temporary)]),
  ];
  const heard: Hearing[] = [];
  for (const hearing of hearings) heard.push(await hearing());
  return heard;
}
