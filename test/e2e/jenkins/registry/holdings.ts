import { randomBytes } from 'node:crypto';

/** One repository of ECR, and the digest of each of its tags. */
export interface Repository {
  readonly immutable: boolean;
  readonly tags: Map<string, string>;
}

/** What an account's registry holds. */
export class Holdings {
  readonly repositories = new Map<string, Repository>();
  /** Passwords of `docker login`, valid for twelve hours in AWS. */
  private readonly tokens = new Map<string, 'valid' | 'expired'>();

  issueToken(): string {
    const token = randomBytes(48).toString('base64');
    this.tokens.set(token, 'valid');
    return token;
  }

  expireTokens(): void {
    for (const token of this.tokens.keys()) this.tokens.set(token, 'expired');
  }

  /** @param authorization header of a request to the registry: Basic, of `AWS:<token>`. */
  login(authorization = ''): 'valid' | 'expired' | 'unknown' {
    const [, encoded = ''] = /^Basic (.+)$/.exec(authorization) ?? [];
    const [, token = ''] = /^AWS:(.+)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    return this.tokens.get(token) ?? 'unknown';
  }
}
