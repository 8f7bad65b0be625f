/** Versions that meet in a release, as each program tells them. */
export interface Versions {
  /** kubectl's; undefined where there is none in the PATH. */
  readonly kubectl: string | undefined;
  /** Helm's; undefined where there is none in the PATH. */
  readonly helm: string | undefined;
  /** Version of Kubernetes that Helm was built for. */
  readonly helmsKubernetes: string | undefined;
  readonly server: string;
  /** Minor that the manifests were rendered for: `1.36`. */
  readonly rendered: string;
}

/** Major of Helm whose server-side apply and wait a release stands on. */
const HELM = 4;
/** Minors that kubectl may be away from the server, older or newer (Kubernetes' version skew policy). */
const KUBECTL_SKEW = 1;
/** Minors that a server may be older than what Helm was built for; none newer (Helm's version support policy). */
const HELM_SKEW = 3;

interface Minor {
  readonly major: number;
  readonly minor: number;
}

/** What stands against these versions working together. */
export function judgeVersions(
  { kubectl, helm, helmsKubernetes, server, rendered }: Versions,
  environment: string,
): string[] {
  const there = minorOf(server);
  return [
    ...judgeServer(server, rendered, environment),
    ...judgeKubectl(kubectl, there, server),
    ...judgeHelm(helm, helmsKubernetes, there, server),
  ];
}

function judgeServer(server: string, rendered: string, environment: string): string[] {
  const [there, meant] = [minorOf(server), minorOf(rendered)];
  if (there && meant && there.major === meant.major && there.minor === meant.minor) return [];
  return [
    `the cluster runs Kubernetes ${server} and dist/${environment} was rendered for ${rendered}; expected one minor. Next: the right --context, or \`kubernetes\` in the cluster's file (cluster/specs) and \`npm run synth\``,
  ];
}

function judgeKubectl(kubectl: string | undefined, server: Minor | undefined, said: string): string[] {
  if (kubectl === undefined)
    return ['kubectl: not found; expected kubectl in the PATH, one minor at most from the cluster'];
  const own = minorOf(kubectl);
  if (!server || (own && own.major === server.major && Math.abs(own.minor - server.minor) <= KUBECTL_SKEW)) return [];
  return [
    `kubectl is ${kubectl} and the cluster ${said}; expected ${span(server, -KUBECTL_SKEW, KUBECTL_SKEW)}. Next: install kubectl ${server.major}.${server.minor}`,
  ];
}

function judgeHelm(
  helm: string | undefined,
  built: string | undefined,
  server: Minor | undefined,
  said: string,
): string[] {
  if (helm === undefined) return [`helm: not found; expected Helm ${HELM} in the PATH`];
  if (minorOf(helm)?.major !== HELM) {
    return [
      `helm is ${helm}; expected Helm ${HELM}, whose server-side apply a release stands on. Next: install Helm ${HELM}`,
    ];
  }
  const own = minorOf(built ?? '');
  if (!server) return [];
  const behind = own && own.major === server.major ? own.minor - server.minor : undefined;
  if (behind !== undefined && behind >= 0 && behind <= HELM_SKEW) return [];
  return [
    `helm ${helm} was built for Kubernetes ${built ?? 'nobody knows which'} and the cluster is ${said}; expected one built for ${span(server, 0, HELM_SKEW)}: Helm supports the minor it was built for and the ${HELM_SKEW} before. Next: install ${behind !== undefined && behind < 0 ? 'a newer' : 'a fitting'} Helm ${HELM}`,
  ];
}

const span = ({ major, minor }: Minor, from: number, to: number): string =>
  `${major}.${minor + from} to ${major}.${minor + to}`;

/** `v1.36.3`, `1.36`, `v1.34.2-eks-1a2b`; undefined for anything else. */
function minorOf(version: string): Minor | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
