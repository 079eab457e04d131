import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readObjectList } from '../../src/s3/read-object-list.js';
import { S3Bucket } from '../../src/s3/s3-bucket.js';

const page = (keys: string[], next = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>files</Name><Prefix></Prefix>${next}` +
  keys.map((key) => `<Contents><Key>${key}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>12</Size><StorageClass>STANDARD</StorageClass></Contents>`).join('\n') +
  '</ListBucketResult>';

describe('readObjectList', () => {
  it('reads keys, sizes and times, as S3 writes them', () => {
    expect(readObjectList(page(['a/b', 'Gr%C3%BC%C3%9Fe+%26%3C.txt']))).toEqual({
      objects: [{ key: 'a/b', size: 12, lastModified: new Date('2026-01-02T03:04:05Z') }, { key: 'Grüße &<.txt', size: 12, lastModified: new Date('2026-01-02T03:04:05Z') }],
      next: undefined,
    });
  });

  it('reads where the next page begins', () => {
    const next = '<IsTruncated>true</IsTruncated><NextContinuationToken>1/a&amp;b&#43;&#x3d;</NextContinuationToken>';
    expect(readObjectList(page(['a'], next)).next).toBe('1/a&b+=');
    expect(readObjectList(page(['a'], next.replace('true', 'false'))).next).toBeUndefined();
  });

  it('reads an empty list', () => {
    expect(readObjectList(page([]))).toEqual({ objects: [], next: undefined });
  });
});

describe('a list of several pages', () => {
  it('is asked for page by page, and only as far as it is read', async () => {
    const asked: (string | null)[] = [];
    const server = createServer((request, response) => {
      const token = new URL(request.url ?? '', 'http://x').searchParams.get('continuation-token');
      asked.push(token);
      const number = Number(token ?? 0);
      response.end(page([`key ${String(number)}`.replace(' ', '+')], number < 3 ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${String(number + 1)}</NextContinuationToken>` : ''));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const bucket = new S3Bucket({ bucket: 'files', region: 'us-east-1', endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, timeoutMs: 5_000, clock: () => new Date() });
    const keys: string[] = [];
    for await (const { key } of bucket.list('k')) {
      keys.push(key);
      if (keys.length === 3) break;
    }
    expect([keys, asked]).toEqual([['key 0', 'key 1', 'key 2'], [null, '1', '2']]);
    for await (const { key } of bucket.list('k')) keys.push(key);
    expect(keys.slice(3)).toEqual(['key 0', 'key 1', 'key 2', 'key 3']);
    server.closeAllConnections();
    server.close();
  });
});
