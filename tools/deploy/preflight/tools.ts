import execa from 'execa';
import { helmEnvironment } from '../release/helm';
import type { PreflightContext, Question } from './question';
import { judgeVersions, type Versions } from './skew';

/** kubectl and Helm are there, and speak to this cluster's version; the cluster is of the version rendered for. */
export const toolsFit: Question = {
  name: 'tools',
  ask: async ({ bundle: { inventory, environment }, api }: PreflightContext) => {
    const [kubectl, helm, server] = await Promise.all([kubectlVersion(), helmVersion(), api.get<Version>('/version')]);
    return {
      faults: judgeVersions(
        { kubectl, ...helm, server: server.gitVersion, rendered: inventory.kubernetes },
        environment,
      ),
    };
  },
};

interface Version {
  readonly gitVersion: string;
}

/** kubectl's version; undefined where there is none. */
async function kubectlVersion(): Promise<string | undefined> {
  const { exitCode, stdout } = await execa('kubectl', ['version', '--client', '-o', 'json'], QUIET);
  return exitCode === 0 ? (JSON.parse(stdout) as { clientVersion: Version }).clientVersion.gitVersion : undefined;
}

/** Helm's version, and the one of Kubernetes that it was built for: `v4.2.4 v1.36`. */
async function helmVersion(): Promise<Pick<Versions, 'helm' | 'helmsKubernetes'>> {
  const words = ['version', '--template', '{{.Version}} {{.KubeClientVersion}}'];
  const env = helmEnvironment(process.env);
  const { exitCode, stdout } = await execa('helm', words, { ...QUIET, env, extendEnv: false });
  // A Helm that does not know the field fails; what it is can be asked all the same.
  if (exitCode !== 0) {
    const short = await execa('helm', ['version', '--short'], { ...QUIET, env, extendEnv: false });
    return { helm: short.exitCode === 0 ? short.stdout.trim() : undefined, helmsKubernetes: undefined };
  }
  const [helm, helmsKubernetes] = stdout.trim().split(' ');
  return { helm, helmsKubernetes };
}

const QUIET = { reject: false, stdin: 'ignore' } as const;
