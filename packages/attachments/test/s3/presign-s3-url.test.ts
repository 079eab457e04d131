import { GetObjectCommand, PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presignS3Url, type S3Credentials, type S3Location } from '@chatkit-selfhost/attachments';
import { anyCharacter } from '../../../core/src/testing/any-character.js';

const now = new Date('2026-03-04T05:06:07.891Z');
const permanent: S3Credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const temporary: S3Credentials = { ...permanent, sessionToken: 'FwoGZXIvYXdzE+/=&?%20 ü' };

/** The official client; checksums that it would add to the query by itself are left to the request. */
function official(location: S3Location, credentials: S3Credentials): S3Client {
  return new S3Client({
    region: location.region, credentials: credentials as NonNullable<S3ClientConfig['credentials']>, forcePathStyle: location.forcePathStyle ?? false,
    requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
    ...(location.endpoint === undefined ? {} : { endpoint: location.endpoint }),
  });
}

const locations: [string, S3Location][] = [
  ['a bucket of Amazon', { bucket: 'files', region: 'eu-central-1' }],
  ['the oldest region', { bucket: 'files', region: 'us-east-1' }],
  ['a region in China', { bucket: 'files', region: 'cn-north-1' }],
  ['a path at Amazon', { bucket: 'files', region: 'eu-central-1', forcePathStyle: true }],
  ['a name with dots, which certificates do not cover', { bucket: 'files.example.com', region: 'eu-central-1' }],
  ['a name with capitals and underscores', { bucket: 'My_Files', region: 'us-east-1' }],
  ['the longest name', { bucket: 'a'.repeat(63), region: 'us-east-1' }],
  ['a name that is too long for a host', { bucket: 'a'.repeat(64), region: 'us-east-1' }],
  ['another service', { bucket: 'files', region: 'auto', endpoint: 'https://account.r2.cloudflarestorage.com' }],
  ['another service, by path', { bucket: 'files', region: 'auto', endpoint: 'https://account.r2.cloudflarestorage.com/', forcePathStyle: true }],
  ['a port', { bucket: 'files', region: 'us-east-1', endpoint: 'http://storage.internal:9000' }],
  ['a port, by path', { bucket: 'files', region: 'us-east-1', endpoint: 'http://storage.internal:9000', forcePathStyle: true }],
  ['an IP address', { bucket: 'files', region: 'us-east-1', endpoint: 'http://127.0.0.1:9000' }],
  ['dots without TLS', { bucket: 'files.example', region: 'us-east-1', endpoint: 'http://storage.internal:9000' }],
  ['a folder of a service', { bucket: 'files', region: 'us-east-1', endpoint: 'https://storage.internal:8443/base', forcePathStyle: true }],
  ['a folder of a service, by host', { bucket: 'files', region: 'us-east-1', endpoint: 'https://storage.internal/base' }],
];

const keys = [
  'a', 'folder/file.png', 'with space and +plus', 'Grüße/日本語/🙂.txt', "!'()*;:@&=$,/?#[]%", '%2F%20', '/leading', 'trailing/', 'two//slashes', './dots/../x', 'a~b_c-d.e', 'tab\tand\nline',
];

describe('presignS3Url', () => {
  it.each(locations)('gives the official addresses for %s', async (_name, location) => {
    for (const key of keys) {
      for (const credentials of [permanent, temporary]) {
        const client = official(location, credentials);
        const { bucket: Bucket } = location;
        const put = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: key }), { expiresIn: 600, signingDate: now });
        const get = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key }), { expiresIn: 604_800, signingDate: now });
        const common = { ...location, credentials, key, now };
        expect(await presignS3Url({ ...common, method: 'PUT', expiresInSeconds: 600, query: { 'x-id': 'PutObject' } })).toBe(put);
        expect(await presignS3Url({ ...common, method: 'GET', expiresInSeconds: 604_800, query: { 'x-id': 'GetObject' } })).toBe(get);
      }
    }
  });

  it.each(locations)('signs headers and answers\' headers as officially done for %s', async (_name, location) => {
    const client = official(location, temporary);
    const upload = new PutObjectCommand({ Bucket: location.bucket, Key: 'k', ContentType: 'text/plain;  charset=utf-8', ContentLength: 123 });
    const expected = await getSignedUrl(client, upload, { expiresIn: 60, signingDate: now, signableHeaders: new Set(['content-type', 'content-length', 'host']) });
    const common = { ...location, credentials: temporary, key: 'k', now, expiresInSeconds: 60 };
    expect(await presignS3Url({ ...common, method: 'PUT', query: { 'x-id': 'PutObject' }, headers: { 'Content-Type': 'text/plain;  charset=utf-8', 'content-length': '123' } })).toBe(expected);
    const disposition = `attachment; filename="a_b"; filename*=UTF-8''a%C3%BCb`;
    const download = new GetObjectCommand({ Bucket: location.bucket, Key: 'k', ResponseContentDisposition: disposition, ResponseCacheControl: 'private, max-age=60' });
    expect(await presignS3Url({ ...common, method: 'GET', query: { 'x-id': 'GetObject', 'response-content-disposition': disposition, 'response-cache-control': 'private, max-age=60' } })).toBe(
      await getSignedUrl(client, download, { expiresIn: 60, signingDate: now }),
    );
  });

  it('gives the official address for any key, time and secret', async () => {
    const word = fc.string({ minLength: 1, maxLength: 40, unit: anyCharacter(fc) });
    const secret = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' });
    await fc.assert(
      fc.asyncProperty(
        word, secret, fc.option(secret, { nil: undefined }), fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), fc.integer({ min: 1, max: 604_800 }), fc.constantFrom(...locations),
        async (key, secretAccessKey, sessionToken, date, expiresIn, [, location]) => {
          const credentials = { accessKeyId: 'AKID/EXAMPLE', secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
          const expected = await getSignedUrl(official(location, credentials), new PutObjectCommand({ Bucket: location.bucket, Key: key }), { expiresIn, signingDate: date });
          expect(await presignS3Url({ ...location, credentials, key, now: date, method: 'PUT', expiresInSeconds: expiresIn, query: { 'x-id': 'PutObject' } })).toBe(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([0, -1, 1.5, 604_801, Number.NaN])('refuses a validity of %d seconds', async (expiresInSeconds) => {
    await expect(presignS3Url({ bucket: 'files', region: 'us-east-1', credentials: permanent, key: 'k', method: 'GET', expiresInSeconds, now })).rejects.toThrow(RangeError);
  });
});
