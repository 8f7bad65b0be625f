import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** An access key of AWS. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What was signed: a POST to `/`, as every call of AWS's JSON protocol is. */
export interface Signed {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([a-z0-9-]+)\/ecr\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/**
 * Checks a request of ECR's API as AWS does: Signature Version 4 (docs.aws.amazon.com, "Create a signed AWS API request").
 * @returns name of AWS's error, or nothing.
 */
export function refuseSignature({ headers, body }: Signed, key: AccessKey, region: string): string | undefined {
  const [, id, date = '', where, names = '', signature] = HEADER.exec(headers.authorization ?? '') ?? [];
  if (id === undefined) return 'MissingAuthenticationTokenException';
  if (id !== key.accessKeyId) return 'UnrecognizedClientException';
  const time = String(headers['x-amz-date']);
  const canonical = [
    'POST',
    '/',
    '',
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${date}/${where}/ecr/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const signing = [date, region, 'ecr', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${key.secretAccessKey}`,
  );
  return hmac(signing, text).toString('hex') === signature ? undefined : 'InvalidSignatureException';
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
