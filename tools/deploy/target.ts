/** Which cluster a command speaks to, as kubectl and Helm choose it. */
export interface Target {
  /** File of kubeconfig; default: what kubectl takes, `KUBECONFIG` or `~/.kube/config`. */
  readonly kubeconfig?: string;
  /** Context of the kubeconfig; default: its current one. */
  readonly context?: string;
}

/** Words that make kubectl speak to a target. */
export const kubectlWords = ({ kubeconfig, context }: Target): string[] => [
  ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
  ...(context === undefined ? [] : ['--context', context]),
];

/** Words that make Helm speak to a target. */
export const helmWords = ({ kubeconfig, context }: Target): string[] => [
  ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
  ...(context === undefined ? [] : ['--kube-context', context]),
];
