import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Attachment, UploadBegun, UploadDescriptor } from '@chatkit-selfhost/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { presignS3Url, s3Uploads, type S3Uploads, type S3UploadsOptions } from '@chatkit-selfhost/attachments';
import { pdf, png, text } from '../support/samples.js';
import { describeUploads, type Bench } from '../support/uploads-contract.js';
import { startS3Server, type S3Server } from './s3-server.js';

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server.stop());

let prefixes = 0;
const options = (more: Partial<S3UploadsOptions> = {}): S3UploadsOptions => {
  const { stop: _stop, ...location } = server;
  return { ...location, prefix: `test ${String(++prefixes)}/`, ...more };
};

const send: Bench['send'] = async ({ url, method, headers }, bytes) => {
  const response = await fetch(url, { method, headers, body: bytes });
  await response.text();
  return response.status;
};

describeUploads('s3Uploads', async (more = {}) => {
  let passed = 0;
  const given = options(more);
  // Signatures hold by the clock of the service, which can't be moved; only the age of orphans is as if time had passed.
  const current = (): S3Uploads => s3Uploads({ ...given, orphansAfterMs: 24 * 3_600_000 - passed });
  return {
    uploads: { ...current(), removeOrphans: (query) => current().removeOrphans(query) },
    send,
    download: (url) => fetch(url),
    pass: (milliseconds) => void (passed += milliseconds),
    close: async () => undefined,
  };
});

const ann = { ownerId: 'ann' };
const asAttachment = (begun: UploadBegun, mimeType: string, id = 'atc_1'): Attachment => ({ type: 'file', id, name: 'x', mime_type: mimeType, ...(begun.metadata ? { metadata: begun.metadata } : {}) });

async function begin(uploads: S3Uploads, bytes: Uint8Array, mimeType: string): Promise<{ begun: UploadBegun; descriptor: UploadDescriptor }> {
  const begun = (await uploads.begin({ id: 'atc_1', name: 'x', size: bytes.length, mimeType }, ann)) as UploadBegun;
  if (!begun.descriptor) throw new Error('There is no descriptor.');
  return { begun, descriptor: begun.descriptor };
}

async function previewOf(uploads: S3Uploads): Promise<string> {
  const image = await uploads.refresh({ type: 'image', id: 'atc_1', name: 'x', mime_type: 'image/png', preview_url: 'https://old.example' }, ann);
  return image.type === 'image' ? image.preview_url : '';
}

function validityOf(url: string): { begin: number; end: number } {
  const { searchParams } = new URL(url);
  const begin = Date.parse((searchParams.get('X-Amz-Date') ?? '').replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));
  return { begin, end: begin + Number(searchParams.get('X-Amz-Expires')) * 1_000 };
}

describe('an address of s3Uploads', () => {
  it('is good for a body of the length and type that were announced, and nothing else', async () => {
    const { descriptor } = await begin(s3Uploads(options()), png, 'image/png');
    expect(new URL(descriptor.url).searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host');
    expect(await send(descriptor, png.subarray(1))).toBe(403);
    expect(await send({ ...descriptor, headers: { 'content-type': 'text/html' } }, png)).toBe(403);
    expect(await send({ ...descriptor, url: descriptor.url.replace('atc_1', 'atc_2') }, png)).toBe(403);
    expect(await send({ ...descriptor, url: descriptor.url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800') }, png)).toBe(403);
    expect((await fetch(descriptor.url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(descriptor.url)).status).toBe(403);
    expect(await send(descriptor, png)).toBe(200);
  });

  it('expires', async () => {
    const past = new Date(Date.now() - 11 * 60_000);
    const { stop: _stop, ...location } = server;
    const url = await presignS3Url({ ...location, method: 'PUT', key: 'late', expiresInSeconds: 600, now: past });
    expect(await send({ url, method: 'PUT', headers: {} }, png)).toBe(403);
  });

  it('of a preview stays the same for a while, so that browsers keep the picture', async () => {
    let now = Date.now();
    const uploads = s3Uploads(options({ clock: () => new Date(now) }));
    const addresses = new Set<string>();
    for (let minute = 0; minute < 60; minute++) {
      const url = await previewOf(uploads);
      expect(validityOf(url).begin).toBeLessThanOrEqual(now);
      expect(validityOf(url).end).toBeGreaterThanOrEqual(now + 60 * 60_000);
      addresses.add(url);
      now += 60_000;
    }
    expect(addresses.size).toBeLessThanOrEqual(5);
  });

  it('of a preview holds though its time of signing is rounded', async () => {
    // Days ago, for a week.
    const uploads = s3Uploads(options({ previewTtlMs: 5.5 * 24 * 60 * 60_000 }));
    await uploads.store({ id: 'atc_1', name: 'x', size: png.length, mimeType: 'image/png', bytes: new Blob([png]) }, ann);
    const shown = await fetch(await previewOf(uploads));
    expect([shown.status, new Uint8Array(await shown.arrayBuffer())]).toEqual([200, png]);
  });

  it('asks for credentials whenever it signs', async () => {
    let asked = 0;
    const uploads = s3Uploads(options({ credentials: async () => ({ accessKeyId: 'S3RVER', secretAccessKey: ++asked > 1 ? 'changed' : 'S3RVER' }), quota: { files: Infinity, bytes: Infinity } }));
    const { descriptor } = await begin(uploads, png, 'image/png');
    expect([asked, await send(descriptor, png)]).toEqual([3, 403]);
  });
});

describe('s3Uploads', () => {
  it('answers as a store that is away when the service is, and tells users nothing of it', async () => {
    const refused = s3Uploads(options({ credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'wrong' } }));
    const away = s3Uploads(options({ endpoint: 'http://127.0.0.1:1' }));
    for (const uploads of [refused, away]) {
      await expect(begin(uploads, png, 'image/png')).rejects.toMatchObject({ status: 503, code: 'store_unavailable', message: 'The service is temporarily unavailable. Please try again.' });
      await expect(uploads.read({ attachmentId: 'atc_1' }, ann)).rejects.toMatchObject({ status: 503 });
    }
  });
});

describe('a service that stumbles', () => {
  it('is asked again, up to three times', async () => {
    const stumbles = [500, 503, 0];
    const asked: string[] = [];
    const service = createServer((request, response) => {
      asked.push(request.method ?? '');
      const status = stumbles.shift();
      if (status === 0) request.socket.destroy();
      else if (status !== undefined) response.writeHead(status).end('<Error><Code>SlowDown</Code></Error>');
      else response.writeHead(200, { 'content-type': 'text/plain' }).end('kept');
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
    try {
      const uploads = s3Uploads(options({ endpoint: `http://127.0.0.1:${String((service.address() as AddressInfo).port)}` }));
      await expect(uploads.read({ attachmentId: 'atc_1' }, ann)).rejects.toMatchObject({ status: 503 });
      expect(asked).toEqual(['GET', 'GET', 'GET']);
      stumbles.push(0, 503);
      expect(await (await uploads.read({ attachmentId: 'atc_1' }, ann))?.text()).toBe('kept');
      expect(asked).toHaveLength(6);
    } finally {
      service.closeAllConnections();
      service.close();
    }
  });
});

describe('bytes that change while they are looked at', () => {
  let proxy: Server;
  afterEach(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  it('are not kept: the copy is of what was looked at, or of nothing', async () => {
    const conditions: unknown[] = [];
    // The service in the tests knows no conditions for copies; this one, before it, answers them as Amazon does.
    proxy = createServer((request, response) => {
      void (async () => {
        const condition = request.headers['x-amz-copy-source-if-match'];
        const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== 'connection')) as Record<string, string>;
        if (condition !== undefined) {
          conditions.push(condition);
          response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
          return;
        }
        const content = await buffer(request);
        const { 'content-length': _length, 'transfer-encoding': _encoding, host: _host, ...rest } = headers;
        const { status, body, answered } = await forward(request.method ?? 'GET', request.url ?? '/', rest, content, String(headers['host']));
        response.writeHead(status, answered).end(body);
      })();
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const uploads = s3Uploads(options({ endpoint: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}` }));
    const { begun, descriptor } = await begin(uploads, pdf, 'application/pdf');
    expect(await send(descriptor, pdf)).toBe(200);
    await expect(uploads.prepare(asAttachment(begun, 'application/pdf'), ann)).rejects.toMatchObject({ status: 409, code: 'already_uploaded' });
    expect(conditions).toEqual([expect.stringMatching(/^"[0-9a-f]{32}"$/)]);
    expect(await uploads.read({ attachmentId: 'atc_1' }, ann)).toBeNull();
  });

  /** By `node:http`, which lets the host be the one that was signed. */
  async function forward(method: string, path: string, headers: Record<string, string>, body: Buffer, host: string): Promise<{ status: number; body: Buffer; answered: Record<string, string> }> {
    const asked = httpRequest(new URL(path, server.endpoint), { method, headers: { ...headers, host, 'content-length': String(body.length) } });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const content = await buffer(answer);
    const { 'transfer-encoding': _encoding, connection: _connection, ...answered } = answer.headers as Record<string, string>;
    return { status: answer.statusCode ?? 500, body: content, answered };
  }
});

describe('the owner of objects in the bucket', () => {
  it('is a hash, and names are in no key', async () => {
    const uploads = s3Uploads(options({ prefix: 'named/' }));
    const { begun, descriptor } = await begin(uploads, text('a'), 'text/plain');
    await send(descriptor, text('a'));
    await uploads.prepare(asAttachment(begun, 'text/plain'), ann);
    const { stop: _stop, ...location } = server;
    const listed = await (await fetch(await presignS3Url({ ...location, method: 'GET', expiresInSeconds: 60, now: new Date(), query: { 'list-type': '2', prefix: 'named/' } }))).text();
    expect(Array.from(listed.matchAll(/<Key>(.*?)<\/Key>/g), ([, key]) => key)).toEqual([
      expect.stringMatching(/^named\/kept\/[0-9a-f]{64}\/atc_1$/),
      expect.stringMatching(/^named\/reserved\/[0-9a-f]{64}\/atc_1\.1$/),
    ]);
  });
});
