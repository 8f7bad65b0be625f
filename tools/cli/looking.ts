import type { Api } from '../deploy/api/client';
import type { Bundle } from '../deploy/bundle';
import { judging } from './judging';
import { bundleOf } from './session';
import type { ClusterOptions } from './target';

/**
 * Lets a command look at an environment's cluster, and change nothing.
 * @throws UsageError where there is no such environment, or the cluster cannot be asked: exit code 2.
 */
export const looking = <Result>(
  environment: string,
  options: ClusterOptions,
  look: (api: Api, bundle: Bundle) => Promise<Result>,
): Promise<Result> =>
  judging(async () => {
    const { Api }: typeof import('../deploy/api/client') = require('../deploy/api/client');
    const bundle = bundleOf(environment);
    const api = await Api.open(options);
    try {
      return await look(api, bundle);
    } finally {
      api.close();
    }
  });
