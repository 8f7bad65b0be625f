import { listImages, showImages } from '../../../../tools/deploy/images/list';
import { digest, sample } from './environment';

const lab = sample('lab', { chat: `1@${digest('chat')}`, redis: '8.2.2' });
const [header = '', ...rows] = showImages(listImages(lab)).split('\n');
const cells = (row = '') => row.split(/ {2,}/);

describe('the list of images', () => {
  it('says where each runs, where it comes from, which it is, and who says so', () => {
    expect(cells(rows[0])).toEqual([
      'chat',
      'chat',
      'registry.lab.example.com/chat',
      '1',
      digest('chat'),
      'charts/environments/images/lab.json',
    ]);
  });

  it('says which nobody built', () => {
    expect(cells(rows[1]).slice(3)).toEqual(['unreleased (never built)', '-', '-']);
  });

  it('has a dash for a digest that is not known', () => {
    expect(cells(rows[2])[4]).toBe('-');
  });

  it('names the chart where no file pins an image', () => {
    const [, , , unpinned] = showImages(listImages(sample('lab', {}))).split('\n');
    expect(cells(unpinned).at(-1)).toBe('the chart');
  });

  it('has its columns one below the other', () => {
    expect(rows[0]?.indexOf('registry.')).toBe(header.indexOf('repository'));
  });
});
