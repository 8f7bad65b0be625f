import type { Api } from '../deploy/api/client';
import type { Bundle } from '../deploy/bundle';
import { UsageError } from './errors';
import { bundleOf } from './session';
import type { ClusterOptions } from './target';

/**
 * Lets a command look at an environment's cluster, and change nothing.
 * @throws UsageError where there is no such environment, or the cluster cannot be asked: exit code 2.
 */
export async function looking<Result>(
  environment: string,
  options: ClusterOptions,
  look: (api: Api, bundle: Bundle) => Promise<Result>,
): Promise<Result> {
  const { Api }: typeof import('../deploy/api/client') = require('../deploy/api/client');
  const { ApiError, Unreachable }: typeof import('../deploy/api/error') = require('../deploy/api/error');
  const { Refused }: typeof import('../parse/parse') = require('../parse/parse');
  try {
    const bundle = bundleOf(environment);
    const api = await Api.open(options);
    try {
      return await look(api, bundle);
    } finally {
      api.close();
    }
  } catch (error) {
    if (error instanceof Refused) throw new UsageError(error.faults);
    if (error instanceof ApiError || error instanceof Unreachable) throw new UsageError([error.message]);
    throw error;
  }
}
