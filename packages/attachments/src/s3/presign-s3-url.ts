import { toHex } from '../owner-key.js';
import { escapePath, escapeUri, s3Address, type S3Location } from './s3-address.js';
import { ALGORITHM, credentialScope, sign, signingDate, type S3Credentials } from './signing-key.js';

export interface PresignUrlOptions extends S3Location {
  credentials: S3Credentials;
  method: 'GET' | 'PUT' | 'HEAD' | 'DELETE';
  /** Absent: the bucket itself. */
  key?: string | undefined;
  /** 1 to 604,800 (a week). */
  expiresInSeconds: number;
  /** More parameters of the request, such as `response-content-disposition`. */
  query?: Record<string, string> | undefined;
  /** Headers that the request must have, exactly so. The host is signed anyway. */
  headers?: Record<string, string> | undefined;
  now: Date;
}

/** An address that lets anyone who has it make this one request until it expires (AWS Signature Version 4, by query). Throws a RangeError for a time out of range. */
export async function presignS3Url(options: PresignUrlOptions): Promise<string> {
  const { credentials, region, method, key, expiresInSeconds } = options;
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 1 || expiresInSeconds > 604_800) throw new RangeError('A signed address is valid for 1 to 604,800 seconds.');
  const address = s3Address(options);
  const date = signingDate(options.now);
  const scope = credentialScope(date, region);
  const headers = canonicalHeaders({ ...options.headers, host: address.host });
  const query = canonicalQuery({
    ...options.query,
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(expiresInSeconds),
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': headers.map(([name]) => name).join(';'),
  });
  const path = key === undefined ? address.bucketPath : address.path + escapePath(key);
  const request = [
    method, path, query.map((pair) => pair.join('=')).join('&'),
    ...headers.map((header) => header.join(':')), '',
    headers.map(([name]) => name).join(';'), 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const signature = await sign([ALGORITHM, date, scope, await sha256(request)].join('\n'), { credentials, date, region });
  const signed = canonicalQuery({ ...Object.fromEntries(query.map(([name, value]) => [decodeURIComponent(name), decodeURIComponent(value)])), 'X-Amz-Signature': signature });
  return `${address.origin}${path}?${signed.map((pair) => pair.join('=')).join('&')}`;
}

type Pair = [name: string, value: string];

function canonicalHeaders(headers: Record<string, string>): Pair[] {
  return Object.entries(headers)
    .map(([name, value]): Pair => [name.toLowerCase(), value.trim().replace(/\s+/g, ' ')])
    .sort(byName);
}

function canonicalQuery(query: Record<string, string>): Pair[] {
  return Object.entries(query).map(([name, value]): Pair => [escapeUri(name), escapeUri(value)]).sort(byName);
}

function byName([left]: Pair, [right]: Pair): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

async function sha256(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
