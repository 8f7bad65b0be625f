import { labelsOf, miss } from '../../../../tools/check/references/selected';
import { setOf } from '../judged';
import { deployment } from './samples';

const set = setOf([deployment('chat')]);

describe('a selector that chooses nothing', () => {
  it.each([
    'apps.kubernetes.io/pod-index',
    'batch.kubernetes.io/controller-uid',
    'batch.kubernetes.io/job-completion-index',
    'batch.kubernetes.io/job-name',
    'controller-revision-hash',
    'controller-uid',
    'job-name',
    'pod-template-hash',
    'statefulset.kubernetes.io/pod-name',
  ])('is not told from templates where a controller sets the label: %s', (key) => {
    expect(miss(set, 'shop', { matchLabels: { app: 'chat', [key]: '0' } })).toBeUndefined();
    expect(miss(set, 'shop', { matchExpressions: [{ key, operator: 'Exists' }] })).toBeUndefined();
  });

  it('is still wrong in its other labels', () => {
    expect(miss(set, 'shop', { matchLabels: { app: 'redis', 'job-name': 'a' } })?.[0]).toBe(
      'app=redis,job-name=a selects no pod',
    );
  });
});

describe('a guess', () => {
  const many = (count: number) => setOf(Array.from({ length: count }, (_, index) => deployment(`app-${index}`)));

  it('is made among hundreds of labels, and not among thousands, where every wrong selector would look at all of them', () => {
    const selector = { matchLabels: { app: 'upp-7' } };
    expect(miss(many(500), 'shop', selector)?.[1]).toMatch(/; nearest: app=app-7$/);
    expect(miss(many(501), 'shop', selector)?.[1]).toBe('labels that a pod there carries');
  });
});

describe('labels as what a selector should have said', () => {
  it('are listed, or missed', () => {
    expect([labelsOf({ a: '1', b: '2' }), labelsOf({})]).toEqual(['a=1,b=2', 'labels on its pods: they have none']);
  });
});
