import { NLB_CHECK } from '../../../cluster/render/aws/load-balancer';
import { silentServerDetection } from '../../../cluster/render/failover';
import { SERVER_CHECK } from '../../../cluster/render/haproxy';
import { kubeadm } from '../../../cluster/render/kubeadm';
import { kubernetes } from '../../../cluster/render/kubernetes';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { documentsOf, labBuilt, labWith, pathsOf } from '../../support/machine-clusters';

const apiServer = (cluster = lab, first = 'control-plane-1') =>
  documentsOf(kubeadm, cluster, `nodes/${first}/kubeadm.yaml`)[1].apiServer;
const flags = (cluster = lab, first?: string): Record<string, string> =>
  Object.fromEntries(
    apiServer(cluster, first).extraArgs.map(({ name, value }: Record<string, string>) => [name, value]),
  );

/** Made on the machine: keys are in no git. */
const MADE_THERE = '/etc/kubernetes/encryption/config.yaml';

describe('an API server', () => {
  it('encrypts Secrets, judges pods and writes down who did what', () => {
    expect(flags()).toMatchObject({
      'encryption-provider-config': MADE_THERE,
      'admission-control-config-file': '/etc/kubernetes/admission/configuration.yaml',
      'audit-policy-file': '/etc/kubernetes/audit/policy.yaml',
      'audit-log-path': '/var/log/kubernetes/audit/audit.log',
    });
  });

  it('keeps a month of its log and never more than eleven files of 100 MB', () => {
    expect(flags()).toMatchObject({
      'audit-log-maxage': '30',
      'audit-log-maxbackup': '10',
      'audit-log-maxsize': '100',
    });
  });

  it('sees every file that its flags name, and may write to its log alone', () => {
    const files = Object.entries(flags())
      .filter(([name]) => /-(policy|config)-?file$|^encryption-provider-config$/.test(name))
      .map(([, path]) => path);
    const mounts = apiServer().extraVolumes;
    const readOnly = mounts.filter((mount: { readOnly: boolean }) => mount.readOnly);
    expect(readOnly.map(({ mountPath }: { mountPath: string }) => mountPath).sort()).toEqual(files.sort());
    expect(mounts.filter((mount: { readOnly: boolean }) => !mount.readOnly)).toEqual([
      expect.objectContaining({ mountPath: '/var/log/kubernetes/audit', pathType: 'DirectoryOrCreate' }),
    ]);
    expect(mounts.every((mount: { hostPath: string; mountPath: string }) => mount.hostPath === mount.mountPath)).toBe(
      true,
    );
  });

  it('finds on every control plane what it mounts, or does not start', () => {
    const rendered = pathsOf(kubernetes, lab);
    for (const { mountPath, pathType } of apiServer().extraVolumes) {
      if (pathType !== 'File' || mountPath === MADE_THERE) continue;
      for (const machine of ['control-plane-1', 'control-plane-2', 'control-plane-3']) {
        expect(rendered).toContain(`nodes/${machine}/root${mountPath}`);
      }
    }
  });

  it("believes kubelets by the cluster's authority only", () => {
    expect(flags()['kubelet-certificate-authority']).toBe('/etc/kubernetes/pki/ca.crt');
  });

  it('sends clients to its peers now and then, if it has any', () => {
    const alone = labBuilt({
      controlPlanes: [{ name: 'control-plane-1', address: '192.0.2.97', cpu: '2', memory: '2Gi', zone: 'rack-1' }],
    });
    expect(flags()['goaway-chance']).toBe('0.001');
    expect(flags(alone)).not.toHaveProperty('goaway-chance');
  });

  it('hands out the ports of the specification', () => {
    expect(flags()).not.toHaveProperty('service-node-port-range');
    expect(flags(labWith({ nodePortRange: [31000, 31999] }))['service-node-port-range']).toBe('31000-31999');
  });
});

describe('an API server that ends', () => {
  const seconds = (value: string | undefined) => Number(/^(\d+)s$/.exec(value ?? '')?.[1]);

  it('serves until HAProxy has noticed, even where each check takes as long as it may', () => {
    expect(seconds(flags()['shutdown-delay-duration']) * 1000).toBeGreaterThanOrEqual(
      silentServerDetection(SERVER_CHECK),
    );
  });

  it("serves until a cloud's balancer has noticed: as many checks as it waits for", () => {
    const { intervalSeconds, unhealthyThreshold } = NLB_CHECK;
    expect(seconds(flags(production, 'control-plane-a')['shutdown-delay-duration'])).toBe(
      intervalSeconds * unhealthyThreshold,
    );
  });

  it('is done before the kubelet kills it: static pods get 30 seconds', () => {
    for (const delay of [flags(), flags(production, 'control-plane-a')]) {
      expect(seconds(delay['shutdown-delay-duration'])).toBeLessThan(30);
    }
  });
});
