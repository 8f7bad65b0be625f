/** What the API server says of a request that it refused (`meta/v1 Status`). */
export interface Status {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: {
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: readonly { readonly reason?: string; readonly field?: string; readonly message?: string }[];
  };
}

/** A request that the API server answered with a refusal. */
export class ApiError extends Error {
  constructor(
    /** `PATCH /apis/apps/v1/namespaces/chat/deployments/chat` */
    readonly request: string,
    readonly code: number,
    readonly status: Status,
  ) {
    super(`${request}: ${status.message ?? `ended with code ${code}`}`);
    this.name = 'ApiError';
  }

  get isMissing(): boolean {
    return this.code === 404;
  }

  /** Another field manager owns a field (server-side apply), or the object changed in between. */
  get isConflict(): boolean {
    return this.code === 409;
  }
}

/** The API server could not be reached, or broke off: what was asked may have been done or not. */
export class Unreachable extends Error {
  constructor(request: string, cause: Error) {
    super(`${request}: the cluster does not answer (${cause.message})`, { cause });
    this.name = 'Unreachable';
  }
}
