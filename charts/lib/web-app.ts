import * as z from 'zod';
import { type Output, parse } from '../../tools/parse/parse';
import type { Environment } from '../environments/schema';
import type { Entry, Workload } from '../environments/workload';
import { checkExposure, entrancesOf, exposureSecrets } from './route';
import { renderWebApp } from './web-app-objects';
import { type DecidedWebApp, decide, type PerEnvironment, perEnvironment, type WebApp } from './web-app-props';

/**
 * A web application for environments to run: `export const hello = webApp('hello', {}, () => ({ … }))`, then `hello({ expose: … })`.
 * @param own fields that this application adds to those of every web application (scale, rollout, resources, expose).
 */
export function webApp<Own extends z.ZodRawShape>(
  name: string,
  own: Own,
  describe: (props: Output<Own & PerEnvironment>, environment: Environment) => WebApp,
) {
  const schema = z.strictObject({ ...own, ...perEnvironment });
  return (props: z.input<z.ZodObject<Own & PerEnvironment>>): Entry => ({
    name,
    declare: (environment) => {
      const where = `${environment.name}.${name}`;
      const given = parse(schema, props, where) as Output<Own & PerEnvironment>;
      return declareWebApp(environment, name, decide(describe(given, environment), given, where));
    },
  });
}

function declareWebApp(environment: Environment, name: string, app: DecidedWebApp): Workload {
  checkExposure(environment, app.expose, `${environment.name}.${name}.expose`);
  const image = { app: name };
  const settings = { ...app.settings, ...shutdownSettings(app.shutdown) };
  return {
    name,
    tier: 'app',
    ports: [app.port],
    calls: app.calls,
    entrances: [
      ...entrancesOf(app.expose, app.port),
      ...(app.metricsPort ? [{ from: 'monitoring' as const, port: app.metricsPort }] : []),
    ],
    nodePorts: app.expose.via === 'nodePort' ? [app.expose.port] : [],
    secrets: () => [...Object.values(app.secrets), ...exposureSecrets(app.expose)],
    configMaps: { [name]: settings },
    images: [image],
    render: (site) => renderWebApp(site, { name, component: 'web', image }, { ...app, settings }),
  };
}

/** An application that waits by itself is told how long; the pod's grace comes from the same numbers. */
function shutdownSettings({ delaySeconds, drainSeconds, delayBy }: DecidedWebApp['shutdown']): Record<string, string> {
  return delayBy === 'app'
    ? { SHUTDOWN_DELAY_SECONDS: String(delaySeconds), SHUTDOWN_DRAIN_SECONDS: String(drainSeconds) }
    : {};
}
