import { s3Address, type S3Location } from './s3-address.js';
import { ALGORITHM, credentialScope, sign, signingDate, type S3Credentials } from './signing-key.js';

export interface PresignPostOptions extends S3Location {
  credentials: S3Credentials;
  /** May end with `${filename}`, for which S3 puts in the name of the file. */
  key: string;
  expiresInSeconds: number;
  /** What the form must be like, beside its fields: `['content-length-range', 1, 1048576]`, `['starts-with', '$Content-Type', 'image/']`. */
  conditions?: readonly (Record<string, string> | readonly (string | number)[])[] | undefined;
  /** Fields that the form must have, exactly so. */
  fields?: Record<string, string> | undefined;
  now: Date;
}

export interface PresignedPost {
  url: string;
  /** All of them go into the form, before its `file`. */
  fields: Record<string, string>;
}

/** A form for an upload of the app's own pages, with limits that S3 itself enforces (AWS Signature Version 4, POST policy). */
export async function presignS3Post({ credentials, key, expiresInSeconds, conditions = [], now, ...options }: PresignPostOptions): Promise<PresignedPost> {
  const { bucket, region } = options;
  const date = signingDate(now);
  const fields: Record<string, string> = {
    ...options.fields,
    bucket,
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': `${credentials.accessKeyId}/${credentialScope(date, region)}`,
    'X-Amz-Date': date,
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
  };
  const placeholder = '${filename}';
  const keyCondition = key.endsWith(placeholder) ? ['starts-with', '$key', key.slice(0, -placeholder.length)] : { key };
  const all = [...conditions, ...Object.entries(fields).map(([name, value]) => ({ [name]: value })), keyCondition];
  // A condition that is given twice is kept once.
  const distinct = [...new Set(all.map((condition) => JSON.stringify(condition)))];
  const expiration = new Date(now.getTime() + expiresInSeconds * 1_000).toISOString().replace(/\.\d{3}/, '');
  const policy = toBase64(`{"expiration":"${expiration}","conditions":[${distinct.join(',')}]}`);
  const address = s3Address(options);
  return {
    url: address.origin + address.bucketPath,
    fields: { ...fields, key, Policy: policy, 'X-Amz-Signature': await sign(policy, { credentials, date, region }) },
  };
}

function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
