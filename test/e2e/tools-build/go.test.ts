import { explainNoGo, requireGo } from './go';

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

describe('a machine without Go', () => {
  it('is told which version is wanted, for what, and what does not need it', () => {
    const tools = [
      { name: 'kubeconform', go: '1.9.2' },
      { name: 'gitleaks', go: '1.26.8' },
    ];
    const text = explainNoGo(tools, 'verify:static');
    expect(text).toContain('go: not found; expected Go 1.26.8 or newer to build kubeconform, gitleaks');
    expect(text).toContain('only `npm run verify:static` needs it, `npm test` does not');
  });

  it('is refused', async () => {
    process.env.PATH = '/nowhere';
    await expect(requireGo([{ name: 'etcd', go: '1.26.0' }], 'e2e:api')).rejects.toThrow('go: not found');
  });
});
