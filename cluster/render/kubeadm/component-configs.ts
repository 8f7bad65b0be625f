/** What slipway writes of the kubelet's configuration: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
export interface KubeletConfiguration {
  readonly apiVersion: 'kubelet.config.k8s.io/v1beta1';
  readonly kind: 'KubeletConfiguration';
  readonly cgroupDriver: 'systemd';
  readonly rotateCertificates: boolean;
  readonly serverTLSBootstrap: boolean;
  readonly imageGCHighThresholdPercent: number;
  readonly imageGCLowThresholdPercent: number;
  readonly shutdownGracePeriod: string;
  readonly shutdownGracePeriodCriticalPods: string;
}

/** Of the same kind, what differs from machine to machine: kubeadm merges it into the cluster's. */
export interface KubeletPatch {
  readonly apiVersion: 'kubelet.config.k8s.io/v1beta1';
  readonly kind: 'KubeletConfiguration';
  readonly kubeReserved: { readonly cpu: string; readonly memory: string };
}

/** What slipway writes of kube-proxy's configuration: https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ */
export interface KubeProxyConfiguration {
  readonly apiVersion: 'kubeproxy.config.k8s.io/v1alpha1';
  readonly kind: 'KubeProxyConfiguration';
  readonly mode: 'nftables' | 'iptables';
}
