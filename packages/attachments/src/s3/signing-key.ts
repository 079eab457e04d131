import { toHex } from '../owner-key.js';

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Time as Signature Version 4 writes it: `20260102T030405Z`. */
export function signingDate(now: Date): string {
  return now.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export function credentialScope(date: string, region: string): string {
  return `${date.slice(0, 8)}/${region}/s3/aws4_request`;
}

/** HMAC-SHA-256 in hex by the key for this day and region (AWS Signature Version 4). */
export async function sign(text: string, { credentials, date, region }: { credentials: S3Credentials; date: string; region: string }): Promise<string> {
  let key: ArrayBuffer | Uint8Array<ArrayBuffer> = encode(`AWS4${credentials.secretAccessKey}`);
  for (const part of [date.slice(0, 8), region, 's3', 'aws4_request']) key = await hmac(key, part);
  return toHex(await hmac(key, text));
}

async function hmac(key: BufferSource, text: string): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, encode(text));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
