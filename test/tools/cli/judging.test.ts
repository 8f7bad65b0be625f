import { UsageError } from '../../../tools/cli/errors';
import { judging } from '../../../tools/cli/judging';
import { ApiError, Unreachable } from '../../../tools/deploy/api/error';
import { Refused } from '../../../tools/parse/parse';

const failing = (error: Error) => judging(() => Promise.reject(error));

describe('what keeps a command from an answer', () => {
  it.each([
    ['a refusal', new Refused(['one', 'two']), 'one\ntwo'],
    ['the API server', new ApiError('GET /pods', 403, { message: 'forbidden' }), 'GET /pods: forbidden'],
  ])('is %s: the command line’s exit code, and its words', async (_, error, words) => {
    await expect(failing(error)).rejects.toThrow(UsageError);
    await expect(failing(error)).rejects.toThrow(words);
  });

  it('is a cluster that is not there: with what to look at', async () => {
    const gone = failing(new Unreachable('GET /pods', new Error('refused')));
    await expect(gone).rejects.toThrow(UsageError);
    await expect(gone).rejects.toThrow(/does not answer \(refused\)\n.*--kubeconfig and --context/);
  });

  it('is never a fault of our own: that is thrown as it is', async () => {
    const fault = new TypeError('undefined');
    await expect(failing(fault)).rejects.toBe(fault);
  });
});
