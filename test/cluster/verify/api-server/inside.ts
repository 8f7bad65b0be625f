import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { dump } from 'js-yaml';
import { CHECKS, type Check, prepare } from './checks';
import { type Flags, withStand } from './stand';

type Promised = keyof typeof CHECKS;

/** Faults in what the API server is given, and what has to notice each. */
const PLANTED: readonly {
  readonly what: string;
  readonly plant: (flags: Flags) => Flags;
  readonly broken: readonly Promised[];
}[] = [
  {
    what: 'no encryption, no admission, everything in the log, profiling, an end at once',
    plant: (flags) => [
      ...without(
        flags,
        'encryption-provider-config',
        'admission-control-config-file',
        'profiling',
        'shutdown-delay-duration',
        'audit-policy-file',
      ),
      '--audit-policy-file=/tmp/everything.yaml',
    ],
    broken: [
      'Secrets lie encrypted in etcd',
      'the audit log has who made a Secret, and nothing of its content',
      'the audit log has no checks of balancers',
      'a privileged pod is refused',
      'a pod that is less than restricted is taken with a warning',
      'nobody reads its memory, not even an administrator',
      'when it ends, it says so and serves on until HAProxy has noticed',
    ],
  },
  {
    what: 'nothing in the log, no exemptions',
    plant: (flags) => [
      ...without(flags, 'audit-policy-file', 'admission-control-config-file'),
      '--audit-policy-file=/tmp/next-to-nothing.yaml',
      '--admission-control-config-file=/tmp/no-exemptions.yaml',
    ],
    broken: [
      'the audit log has who made a Secret, and nothing of its content',
      'the audit log has what was granted',
      'an add-on that needs the machine may have it',
    ],
  },
];

const without = (flags: Flags, ...names: readonly string[]): Flags =>
  flags.filter((flag) => !names.some((name) => flag.startsWith(`--${name}=`)));

const audit = (rules: readonly object[]) => dump({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules });

function writePlanted(root: string): void {
  const write = (name: string, text: string) => writeFileSync(join(root, 'tmp', name), text);
  write('everything.yaml', audit([{ level: 'RequestResponse' }]));
  // Not wholly empty: there has to be a log to look into.
  write(
    'next-to-nothing.yaml',
    audit([{ level: 'Metadata', resources: [{ group: '', resources: ['configmaps'] }] }, { level: 'None' }]),
  );
  const defaults = { enforce: 'baseline', 'enforce-version': 'v1.36', warn: 'restricted', 'warn-version': 'v1.36' };
  const configuration = {
    apiVersion: 'pod-security.admission.config.k8s.io/v1',
    kind: 'PodSecurityConfiguration',
    defaults,
  };
  write(
    'no-exemptions.yaml',
    dump({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AdmissionConfiguration',
      plugins: [{ name: 'PodSecurity', configuration }],
    }),
  );
}

/** What does not hold, by what was promised. */
const broken = (root: string, address: string, plant: (flags: Flags) => Flags): Promise<Map<string, string>> =>
  withStand(root, address, plant, async (stand) => {
    await prepare(stand);
    const found = new Map<string, string>();
    for (const [promised, check] of Object.entries<Check>(CHECKS)) {
      const fault = await check(stand);
      if (fault !== undefined) found.set(promised, fault);
    }
    return found;
  });

/** Inside namespaces of its own: addresses first, then the API server as rendered, then with each planted fault. */
async function main(root: string, address: string): Promise<void> {
  await execa('ip', ['link', 'set', 'lo', 'up']);
  await execa('ip', ['address', 'add', `${address}/32`, 'dev', 'lo']);
  writePlanted(root);
  const findings = [...(await broken(root, address, (flags) => flags))].map(
    ([promised, fault]) => `${promised}: not so, ${fault}`,
  );
  for (const { what, plant, broken: expected } of PLANTED) {
    const noticed = [...(await broken(root, address, plant)).keys()].sort();
    if (noticed.join() !== [...expected].sort().join()) {
      findings.push(`planted ${what}: noticed by ${noticed.join('; ') || 'nothing'}`);
    }
  }
  if (findings.length > 0) throw new Error(findings.join('\n'));
  console.log(`${Object.keys(CHECKS).length} promises hold; ${PLANTED.length} planted faults were noticed`);
}

main(...(process.argv.slice(2) as [string, string])).catch((error: Error) => {
  console.log(error.message);
  process.exitCode = 1;
});
