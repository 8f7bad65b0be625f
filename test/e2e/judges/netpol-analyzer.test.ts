import { loadTexts } from '../../../tools/manifests/load';
import { normalForm } from './connectivity';
import { fakeTool } from './fake-tool';
import { compare, netpolAnalyzer, ONLY_OURS, ONLY_THEIRS, readPorts, readReport } from './netpol-analyzer';

const report = {
  connlist_results: [
    { src: '{ingress-controller}', dst: 'chat/chat[Deployment]', conn: 'TCP 8080' },
    { src: '198.51.100.0-198.51.100.127', dst: 'chat/hello[Deployment]', conn: 'TCP 5000' },
    { src: '198.51.100.128-198.51.100.143', dst: 'chat/hello[Deployment]', conn: 'TCP 5000' },
    { src: 'chat/chat[Deployment]', dst: 'chat/redis[StatefulSet]', conn: 'TCP 6379' },
  ],
  exposure_results: {
    egress_exposure: [
      { src: 'chat/chat[Deployment]', dst: 'kube-system/[pod with {k8s-app=kube-dns}]', conn: 'TCP 53,UDP 53' },
    ],
    ingress_exposure: [
      { src: 'traefik/[pod with {app.kubernetes.io/name=traefik}]', dst: 'chat/chat[Deployment]', conn: 'TCP 8080' },
    ],
  },
};

describe('a report of netpol-analyzer', () => {
  it('gives workloads, addresses, and pods that the set does not render', () => {
    expect(normalForm(readReport(JSON.stringify(report)))).toEqual([
      '198.51.100.0-198.51.100.143 => chat/hello[Deployment] : TCP 5000',
      'chat/chat[Deployment] => chat/redis[StatefulSet] : TCP 6379',
      'chat/chat[Deployment] => kube-system/[pod with {k8s-app=kube-dns}] : TCP 53, UDP 53',
      'traefik/[pod with {app.kubernetes.io/name=traefik}] => chat/chat[Deployment] : TCP 8080',
    ]);
  });

  it('may hold nothing', () => {
    const empty = { connlist_results: [], exposure_results: { egress_exposure: null, ingress_exposure: null } };
    expect(readReport(JSON.stringify(empty))).toEqual([]);
  });
});

describe('ports of netpol-analyzer', () => {
  it('have their protocol before the first of its kind only', () => {
    expect(readPorts('TCP 83,1000-1010,metrics,UDP 53')).toEqual([
      { protocol: 'TCP', first: 83, last: 83 },
      { protocol: 'TCP', first: 1000, last: 1010 },
      { protocol: 'TCP', name: 'metrics' },
      { protocol: 'UDP', first: 53, last: 53 },
    ]);
  });

  it('are all of them in two words', () => {
    expect(readPorts('All Connections')).toHaveLength(3);
  });
});

describe('the comparison', () => {
  it('is silent where both lists are the same', () => {
    expect(compare(['a => b : TCP 1'], ['a => b : TCP 1'])).toEqual([]);
  });

  it('names every line that only one of them has', () => {
    expect(compare(['a => b : TCP 1', 'both'], ['both', 'a => b : TCP 2'])).toEqual([
      expect.objectContaining({ object: 'a => b : TCP 1', rule: ONLY_THEIRS }),
      expect.objectContaining({ object: 'a => b : TCP 2', rule: ONLY_OURS }),
    ]);
  });
});

describe('netpol-analyzer', () => {
  const set = loadTexts([{ path: 'a.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: chat}\n' }], '.');
  const lab = { name: 'lab', folder: '.', kubernetes: '1.36', set };
  const judge = (script: string) => netpolAnalyzer(fakeTool(script), [lab], lab).judge(lab);

  it('is not believed where it passed over a file', async () => {
    const log = '2026/11/21 04:23:29 error reading file: unable to decode "c.yaml"';
    await expect(judge(`echo '${JSON.stringify(report)}'; echo '${log}' >&2`)).rejects.toThrow('did not read all of');
  });

  it('is held against the matrix of the set', async () => {
    expect(await judge(`echo '${JSON.stringify(report)}'`)).toMatchObject({
      judged: 4,
      expected: 0,
      said: [{ rule: ONLY_THEIRS }, {}, {}, {}],
    });
  });
});
