import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { FailureBody } from '../events';
import type { Metrics } from '../metrics';
import { Refusal, unavailable } from '../refusal';

/** Every failure has one form, and only a refusal says why. */
export function addFailures(http: FastifyInstance, { refused }: Metrics): void {
  http.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const refuse = (refusal: Refusal, status?: number) => {
      refused.inc({ code: refusal.code });
      return tell(reply, refusal, status);
    };
    if (error instanceof Refusal) return refuse(error);
    const { statusCode = 500 } = error;
    if (statusCode < 500) return refuse(new Refusal('invalid', 'The request is not understood.'), statusCode);
    request.log.error({ err: error }, 'a request failed');
    return refuse(unavailable());
  });
  http.setNotFoundHandler(async (_, reply) => tell(reply, new Refusal('not-found', 'There is nothing here.')));
}

function tell(reply: FastifyReply, refusal: Refusal, status = refusal.status): FastifyReply {
  const body: FailureBody = { error: refusal.failure };
  if (refusal.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(refusal.retryAfterMs / 1_000));
  return reply.code(status).send(body);
}
