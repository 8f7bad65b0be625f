import { helmEnvironment, lastWords } from '../../../../tools/deploy/release/helm';

describe('the words of Helm', () => {
  it('are its error alone, without log lines before it', () => {
    expect(lastWords('level=WARN msg="something"\nError: UPGRADE FAILED: context canceled\n')).toBe(
      'UPGRADE FAILED: context canceled',
    );
  });

  it('keep every line of an error', () => {
    expect(lastWords('Error: one\ntwo\n')).toBe('one\ntwo');
  });

  it('are the last line where it names no error', () => {
    expect(lastWords('first\nlast\n')).toBe('last');
  });
});

describe('the environment of Helm', () => {
  it('leaves out what would send it to another cluster or storage, and keeps its folders', () => {
    const env = { PATH: '/bin', HELM_KUBEAPISERVER: 'elsewhere', HELM_DRIVER: 'sql', HELM_CACHE_HOME: '/cache' };
    expect(helmEnvironment(env)).toEqual({ PATH: '/bin', HELM_CACHE_HOME: '/cache' });
  });
});
