import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import pino, { type Logger } from 'pino';
import type { Readiness } from './readiness';

export type { Logger };

export interface HttpOptions {
  readonly log: Logger;
  readonly readiness: Readiness;
  /** How many proxies in front of the service add to X-Forwarded-For. */
  readonly proxyHops: number;
  readonly server?: Pick<FastifyServerOptions, 'bodyLimit'>;
}

/** What no log line may hold, wherever it stands. */
const SECRET_PATHS = ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]', '*.password'];

/** One JSON object a line on standard output; credentials are left out. */
export const createLog = (name: string, level: string): Logger =>
  pino({
    name,
    level,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: { err: describeError },
  });

/** Drivers hang whole statements, values included, on their errors; only what says where and why is logged. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: 'something that is no Error was thrown' };
  const { name: type, message, stack } = error;
  return { type, message, code: (error as NodeJS.ErrnoException).code, stack };
}

/**
 * Fastify with the headers of a page that loads nothing from elsewhere, and the two questions of every orchestrator:
 * `/health`: does the event loop answer? `/ready`: should this process get requests?
 */
export async function createHttp({ log, readiness, proxyHops, server }: HttpOptions): Promise<FastifyInstance> {
  const http: FastifyInstance = fastify({
    loggerInstance: log as FastifyInstance['log'],
    trustProxy: (_, hop) => hop < proxyHops,
    forceCloseConnections: 'idle',
    // Balancers log requests; this log is for what went wrong.
    logController: new LogController({ disableRequestLogging: true }),
    // An address that cannot be read is told like every other failure.
    frameworkErrors: (error, request, reply) => http.errorHandler(error, request, reply),
    ...server,
  });
  await http.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Other hosts of the domain are not ours to decide on.
    strictTransportSecurity: { includeSubDomains: false },
    // The check of a request's source reads the Referer where a browser sends nothing better (plain http).
    referrerPolicy: { policy: 'same-origin' },
  });
  http.get('/health', async () => ({ alive: true }));
  http.get('/ready', async (_, reply) => {
    const { reasons } = readiness;
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });
  return http;
}
