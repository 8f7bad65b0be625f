import { judgeVersions, type Versions } from '../../../../tools/deploy/preflight/skew';

const fits: Versions = {
  kubectl: 'v1.36.3',
  helm: 'v4.2.4',
  helmsKubernetes: 'v1.36',
  server: 'v1.36.3',
  rendered: '1.36',
};
const judge = (versions: Partial<Versions>) => judgeVersions({ ...fits, ...versions }, 'lab');

describe('versions', () => {
  it('of one minor fit', () => {
    expect(judge({})).toEqual([]);
  });

  it.each([
    ['kubectl one minor older', { kubectl: 'v1.35.9' }],
    ['kubectl one minor newer', { kubectl: 'v1.37.0' }],
    ['Helm built for the server three minors later', { helmsKubernetes: 'v1.39' }],
    ['a server with a vendor’s suffix', { server: 'v1.36.2-eks-1a2b3c' }],
  ])('fit with %s', (_, versions) => {
    expect(judge(versions)).toEqual([]);
  });

  it.each([
    [
      'kubectl two minors older',
      { kubectl: 'v1.34.1' },
      /^kubectl is v1\.34\.1 .* expected 1\.35 to 1\.37\. Next: install kubectl 1\.36$/,
    ],
    ['kubectl two minors newer', { kubectl: 'v1.38.0' }, /^kubectl is v1\.38\.0/],
    ['kubectl of another major', { kubectl: 'v2.36.0' }, /^kubectl is v2\.36\.0/],
    ['no kubectl', { kubectl: undefined }, /^kubectl: not found/],
    ['no Helm', { helm: undefined }, /^helm: not found; expected Helm 4/],
    ['Helm 3', { helm: 'v3.19.0' }, /^helm is v3\.19\.0; expected Helm 4/],
    [
      'Helm built for an older minor',
      { helmsKubernetes: 'v1.35' },
      /expected one built for 1\.36 to 1\.39: .* Next: install a newer Helm 4$/,
    ],
    ['Helm built for a minor four later', { helmsKubernetes: 'v1.40' }, /Next: install a fitting Helm 4$/],
    ['Helm that does not say what it was built for', { helmsKubernetes: undefined }, /nobody knows which/],
  ])('do not fit with %s', (_, versions, fault) => {
    expect(judge(versions)).toEqual([expect.stringMatching(fault)]);
  });

  it.each(['v1.35.4', 'v1.37.0', 'nonsense'])(
    'of the server and of what was rendered must be one minor: %s is refused, both named',
    (server) => {
      expect(judge({ server })[0]).toMatch(
        new RegExp(`the cluster runs Kubernetes ${server} and dist/lab was rendered for 1\\.36; expected one minor`),
      );
    },
  );

  it('are judged one by one: a fault of one hides none of another', () => {
    expect(judge({ server: 'v1.35.0', kubectl: undefined, helm: 'v3.1.0' })).toHaveLength(3);
  });
});
