import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { ADDRESS, CERTIFICATES } from './addresses';

/** Names and addresses under which the environments' clients reach the API. */
const NAMES = ['127.0.0.1', ADDRESS.balancer, 'api.production.internal', 'api.lab.internal'];

/** Certificates that a control plane without an etcd of kubeadm's needs. */
const PHASES = ['ca', 'apiserver', 'apiserver-kubelet-client', 'front-proxy-ca', 'front-proxy-client', 'sa'];

/** Makes certificates and kubeconfigs as kubeadm does, once a run; every control plane of the run takes the same. */
export async function makeCertificates(version: string): Promise<void> {
  if (existsSync(CERTIFICATES)) return;
  mkdirSync(CERTIFICATES, { recursive: true });
  const file = join(CERTIFICATES, 'kubeadm.yaml');
  writeFileSync(file, kubeadmConfiguration(version));
  for (const phase of PHASES) await kubeadm('certs', phase, file);
  for (const phase of ['super-admin', 'controller-manager', 'scheduler']) {
    await kubeadm('kubeconfig', phase, file, '--kubeconfig-dir', CERTIFICATES);
  }
}

/** The administrator's kubeconfig, as kubeadm wrote it, for another address of the API server. */
export function adminKubeconfig(server: string): string {
  const text = readFileSync(join(CERTIFICATES, 'super-admin.conf'), 'utf8');
  return text.replace(/server: .*/, `server: ${server}`);
}

const kubeadm = (...[kind, phase, file, ...words]: [string, string, string, ...string[]]) =>
  execa('kubeadm', ['init', 'phase', kind, phase, '--config', file, ...words]);

const kubeadmConfiguration = (version: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: { advertiseAddress: ${ADDRESS.apiServer}, bindPort: 6443 }
nodeRegistration: { name: control-plane, criSocket: unix:///nowhere }
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: ${version}
certificatesDir: ${CERTIFICATES}
encryptionAlgorithm: ECDSA-P256
networking: { serviceSubnet: 10.96.0.0/16, podSubnet: 10.244.0.0/16 }
apiServer: { certSANs: ${JSON.stringify(NAMES)} }
`;
