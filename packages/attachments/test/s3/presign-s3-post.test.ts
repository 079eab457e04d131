import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presignS3Post, type PresignPostOptions, type S3Credentials, type S3Location } from '@chatkit-selfhost/attachments';

const now = new Date('2026-03-04T05:06:07.891Z');
const permanent: S3Credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret/+=' };
const temporary: S3Credentials = { ...permanent, sessionToken: 'token+/=' };

// The official function takes the time from the clock alone.
beforeEach(() => vi.useFakeTimers({ now, toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

const locations: [string, S3Location][] = [
  ['a bucket of Amazon', { bucket: 'files', region: 'eu-central-1' }],
  ['a path at Amazon', { bucket: 'files', region: 'eu-central-1', forcePathStyle: true }],
  ['a name with dots', { bucket: 'files.example.com', region: 'us-east-1' }],
  ['a service with a port, by path', { bucket: 'files', region: 'us-east-1', endpoint: 'http://127.0.0.1:9000', forcePathStyle: true }],
  ['a service by host', { bucket: 'files', region: 'auto', endpoint: 'https://account.r2.cloudflarestorage.com' }],
];

const forms: [string, Pick<PresignPostOptions, 'key' | 'conditions' | 'fields'>][] = [
  ['only a key', { key: 'a/b.png' }],
  ['a key of any letters', { key: 'Grüße/"日本語" 🙂\n.txt' }],
  ['the name of the file as key', { key: 'uploads/${filename}' }],
  ['limits', { key: 'k', conditions: [['content-length-range', 1, 1_048_576], ['starts-with', '$Content-Type', 'image/'], { acl: 'private' }] }],
  ['fields', { key: 'k', fields: { 'Content-Type': 'image/png', success_action_status: '201' } }],
  ['a condition given twice', { key: 'k', conditions: [{ acl: 'private' }, { acl: 'private' }], fields: { acl: 'private' } }],
];

describe('presignS3Post', () => {
  describe.each(locations)('for %s', (_place, location) => {
    it.each(forms)('gives the official form for %s', async (_name, form) => {
      for (const credentials of [permanent, temporary]) {
        const client = new S3Client({
          region: location.region, credentials: credentials as NonNullable<S3ClientConfig['credentials']>, forcePathStyle: location.forcePathStyle ?? false,
          ...(location.endpoint === undefined ? {} : { endpoint: location.endpoint }),
        });
        const { url, fields } = await createPresignedPost(client, {
          Bucket: location.bucket, Key: form.key, Expires: 900,
          ...(form.conditions ? { Conditions: form.conditions as PresignedPostOptions['Conditions'] & object } : {}), ...(form.fields ? { Fields: form.fields } : {}),
        });
        const ours = await presignS3Post({ ...location, ...form, credentials, expiresInSeconds: 900, now });
        expect(ours).toEqual({ url, fields });
        expect(Object.keys(ours.fields)).toEqual(Object.keys(fields));
      }
    });
  });
});
