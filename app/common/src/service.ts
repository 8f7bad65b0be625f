import { parseArgs } from 'node:util';
import type { Logger } from 'pino';
import { createLog } from './http';
import {
  choice,
  describeSettings,
  integer,
  port,
  readSettings,
  type Settings,
  SettingsError,
  type SettingTable,
  text,
} from './settings';
import { createShutdown, type Step } from './shutdown';

/** Settings of every service. */
export const serviceSettings = {
  PORT: { kind: port, doc: 'Port of the page and its API.', default: '8080' },
  HOST: { kind: text, doc: 'Address to listen on. Images say 0.0.0.0: every one.', default: 'localhost' },
  METRICS_PORT: { kind: port, doc: 'Port of /metrics, for Prometheus alone. Without it there are none.' },
  LOG_LEVEL: {
    kind: choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    doc: 'Least level that is logged.',
    default: 'info',
  },
  PROXY_HOPS: {
    kind: integer(0, 5),
    doc: 'How many proxies in front add the caller to X-Forwarded-For; more than there are lets callers forge addresses.',
    default: '0',
  },
  SHUTDOWN_DELAY_SECONDS: {
    kind: integer(0, 600),
    doc: 'Seconds from SIGTERM until nobody routes to this process any more; it goes on serving meanwhile.',
    default: '0',
  },
  SHUTDOWN_DRAIN_SECONDS: {
    kind: integer(1, 600),
    doc: 'Seconds after that for what is open to finish.',
    default: '10',
  },
} satisfies SettingTable;

export type ServiceSettings = Settings<typeof serviceSettings>;

/** Seconds beyond delay and drain after which a shutdown that hangs is given up. The pod's grace is larger. */
export const LAST_SECONDS = 3;

export interface Service<Table extends SettingTable> {
  readonly name: string;
  readonly table: Table;
  /** Flags of the command line by name, each with its meaning; `--help` is always there. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Faults that no single setting shows. */
  check?(settings: Settings<Table>): readonly string[];
  /** Starts it. @returns how it ends, step by step. */
  start(settings: Settings<Table>, log: Logger, flags: ReadonlySet<string>): Promise<readonly Step[]>;
}

/** Runs a service as a process: settings from the environment, an orderly end on SIGTERM and SIGINT. Exit codes: 0 ended, 1 failed, 2 called wrongly. */
export async function runService<Table extends SettingTable & typeof serviceSettings>(
  service: Service<Table>,
): Promise<void> {
  const flags = readFlags(service);
  if (flags === undefined) return;
  if (flags.has('help')) {
    console.log(describeService(service));
    return;
  }
  const settings = readOrExplain(service);
  if (settings === undefined) return;
  const common = settings as unknown as ServiceSettings;
  const log = createLog(service.name, common.LOG_LEVEL);
  // Heard from the first moment on: the start may wait for a store, and PID 1 of a container ignores what it does not listen to.
  const started = endOnSignal(common, log);
  try {
    started(await service.start(settings, log, flags));
  } catch (error) {
    log.fatal({ err: error }, 'the start failed');
    process.exit(1);
  }
}

function readFlags({ flags = {} }: Service<SettingTable>): ReadonlySet<string> | undefined {
  const options = Object.fromEntries(
    ['help', ...Object.keys(flags)].map((name) => [name, { type: 'boolean' as const }]),
  );
  try {
    return new Set(Object.keys(parseArgs({ options }).values));
  } catch (error) {
    console.error(`${(error as Error).message}. --help lists what there is.`);
    process.exitCode = 2;
    return undefined;
  }
}

const describeService = ({ name, table, flags = {} }: Service<SettingTable>): string =>
  [
    `${name}: a service of slipway. Exit codes: 0 ended in order, 1 failed, 2 called or configured wrongly.`,
    '',
    ...Object.entries({ ...flags, help: 'print this' }).map(([flag, doc]) => `  --${flag}\n      ${doc}`),
    '',
    describeSettings(table),
  ].join('\n');

function readOrExplain<Table extends SettingTable>({ table, check }: Service<Table>): Settings<Table> | undefined {
  try {
    const settings = readSettings(table, process.env);
    const faults = check?.(settings) ?? [];
    if (faults.length > 0) throw new SettingsError(faults);
    return settings;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
    return undefined;
  }
}

/** @returns what is told the steps of the shutdown, once there are some. */
function endOnSignal(settings: ServiceSettings, log: Logger): (steps: readonly Step[]) => void {
  let shutDown: () => Promise<boolean> = async () => true;
  const limit = settings.SHUTDOWN_DELAY_SECONDS + settings.SHUTDOWN_DRAIN_SECONDS + LAST_SECONDS;
  const end = async (why: string, failed: boolean, error?: unknown) => {
    log[failed ? 'fatal' : 'info']({ err: error, why }, 'shutting down');
    setTimeout(() => {
      log.fatal(`the shutdown took more than ${limit} s`);
      process.exit(1);
    }, limit * 1_000).unref();
    const clean = await shutDown();
    log.info('ended');
    process.exit(clean && !failed ? 0 : 1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal, false));
  process.on('uncaughtException', (error) => void end('an error that nobody caught', true, error));
  process.on('unhandledRejection', (error) => void end('a rejection that nobody handled', true, error));
  return (steps) => {
    shutDown = createShutdown(steps, log);
  };
}
