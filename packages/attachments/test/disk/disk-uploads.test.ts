import type { UploadBegun } from '@chatkit-selfhost/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskUploads } from '@chatkit-selfhost/attachments';
import { pdf, png, text, windowsProgram } from '../support/samples.js';
import { describeUploads } from '../support/uploads-contract.js';
import { openDiskBench, secret, type DiskBench } from './disk-bench.js';

describeUploads('diskUploads', openDiskBench);

const ann = { ownerId: 'ann' };
let bench: DiskBench;
beforeEach(async () => {
  bench = await openDiskBench();
});
afterEach(() => bench.close());

async function begin(bytes: Uint8Array, mimeType: string, id = 'atc_1', name = 'file'): Promise<string> {
  const { descriptor } = (await bench.uploads.begin({ id, name, size: bytes.length, mimeType }, ann)) as UploadBegun;
  return descriptor?.url ?? '';
}

async function uploaded(bytes: Uint8Array<ArrayBuffer>, mimeType: string, id = 'atc_1'): Promise<void> {
  expect((await bench.request(await begin(bytes, mimeType, id), { method: 'PUT', body: bytes })).status).toBe(204);
}

describe('an upload by a link of diskUploads', () => {
  it('goes below the address of the server, by PUT and with the type', async () => {
    const begun = (await bench.uploads.begin({ id: 'atc_1', name: 'x', size: 1, mimeType: 'text/plain; charset=utf-8' }, ann)) as UploadBegun;
    expect(begun.descriptor?.url).toMatch(/^https:\/\/app\.example\.com\/agent\/attachments\/[0-9a-f]{64}\/atc_1\?for=upload&expires=\d+&signature=[\w-]{43}$/);
    expect(begun.descriptor).toMatchObject({ method: 'PUT', headers: { 'content-type': 'text/plain; charset=utf-8' } });
  });

  it('may be repeated with the same bytes, and refuses others', async () => {
    const url = await begin(text('a'), 'text/plain');
    const put = (content: string): Promise<Response> => bench.request(url, { method: 'PUT', body: text(content) });
    expect([(await put('a')).status, (await put('a')).status, (await put('b')).status]).toEqual([204, 204, 409]);
  });

  it('expires', async () => {
    const url = await begin(png, 'image/png');
    bench.pass(10 * 60_000 + 1_000);
    const refused = await bench.request(url, { method: 'PUT', body: png });
    expect([refused.status, await refused.text()]).toEqual([403, 'link_expired']);
  });

  it('is nowhere when it is not the one that was given', async () => {
    const url = await begin(png, 'image/png');
    for (const forged of [url.replace('atc_1', 'atc_2'), url.replace(/expires=\d/, 'expires=9'), url.replace('for=upload', 'for=download'), url.replace(/.$/, '!'), url.split('?')[0] ?? '']) {
      expect((await bench.request(forged, { method: 'PUT', body: png })).status).toBe(404);
    }
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) expect((await bench.request(url, { method })).status).toBe(404);
    const elsewhere = await openDiskBench({ folder: bench.folder, secret: 'another secret of 32 characters!!' });
    expect((await elsewhere.request(url, { method: 'PUT', body: png })).status).toBe(404);
    await elsewhere.close();
  });

  it("is nowhere for another owner's file of the same id, and for one that was deleted", async () => {
    const url = await begin(png, 'image/png');
    const theirs = (await bench.uploads.begin({ id: 'atc_1', name: 'x', size: png.length, mimeType: 'image/png' }, { ownerId: 'bob' })) as UploadBegun;
    const owner = (address: string): string => new URL(address).pathname.split('/').at(-2) ?? '';
    expect((await bench.request(url.replace(owner(url), owner(theirs.descriptor?.url ?? '')), { method: 'PUT', body: png })).status).toBe(404);
    await bench.uploads.delete({ attachmentId: 'atc_1' }, ann);
    expect((await bench.request(url, { method: 'PUT', body: png })).status).toBe(404);
  });

  it('ends as soon as there are too many bytes, however they come, and leaves none', async () => {
    const url = await begin(text('12345'), 'text/plain');
    const announced = await bench.request(url, { method: 'PUT', body: text('123456'), headers: { 'content-length': '6' } });
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x61)) });
    const streamed = await bench.request(url, { method: 'PUT', body: endless, duplex: 'half' });
    const smaller = await bench.request(url, { method: 'PUT', body: text('12345') }, 4);
    expect([announced.status, streamed.status, smaller.status]).toEqual([413, 413, 413]);
    expect((await bench.files()).filter((file) => /incoming|bytes/.test(file))).toEqual([]);
  });

  it('ends at the first bytes of another type, and leaves none', async () => {
    const size = 1024 * 1024;
    const { descriptor } = (await bench.uploads.begin({ id: 'atc_1', name: 'x', size, mimeType: 'application/pdf' }, ann)) as UploadBegun;
    const program = new Uint8Array(size);
    program.set(windowsProgram);
    const refused = await bench.request(descriptor?.url ?? '', { method: 'PUT', body: program });
    expect([refused.status, await refused.text()]).toEqual([415, 'file_type_mismatch']);
    expect((await bench.files()).filter((file) => /incoming|bytes/.test(file))).toEqual([]);
  });

  it('leaves nothing of bytes that broke off', async () => {
    const url = await begin(text('12345'), 'text/plain');
    let pulled = 0;
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => (pulled++ === 0 ? controller.enqueue(text('12')) : controller.error(new Error('The connection was lost.'))),
    });
    await expect(bench.request(url, { method: 'PUT', body: broken, duplex: 'half' })).rejects.toThrow('The connection was lost.');
    expect((await bench.files()).filter((file) => /incoming|bytes/.test(file))).toEqual([]);
    expect((await bench.request(url, { method: 'PUT', body: text('12345') })).status).toBe(204);
  });
});

describe('a file that diskUploads serves', () => {
  it('can not act as a page, and is kept by no browser for longer than its link holds', async () => {
    await uploaded(png, 'image/png');
    const url = (await bench.uploads.downloadUrl({ attachmentId: 'atc_1' }, ann)) ?? '';
    const response = await bench.request(url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png', 'content-length': String(png.length), 'content-disposition': 'attachment; filename="file"',
      'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'referrer-policy': 'no-referrer',
    });
    const seconds = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1]);
    expect(seconds).toBeGreaterThan(290);
    expect(seconds).toBeLessThanOrEqual(300);
    bench.pass(301_000);
    expect((await bench.request(url)).status).toBe(403);
  });

  it('has the same preview address for a while, so that browsers keep the picture', async () => {
    await uploaded(png, 'image/png');
    const image = { type: 'image' as const, id: 'atc_1', name: 'x', mime_type: 'image/png', preview_url: 'https://old.example' };
    const expiries = new Set<number>();
    for (let minute = 0; minute < 60; minute++) {
      const refreshed = await bench.uploads.refresh(image, ann);
      const expires = Number(new URL(refreshed.type === 'image' ? refreshed.preview_url : '').searchParams.get('expires'));
      expect(expires * 1_000 - Date.now()).toBeGreaterThanOrEqual((minute + 60) * 60_000 - 5_000);
      expiries.add(expires);
      bench.pass(60_000);
    }
    expect(expiries.size).toBeLessThanOrEqual(5);
  });

  it('answers HEAD without the bytes, and what was deleted not at all', async () => {
    await uploaded(pdf, 'application/pdf');
    const url = (await bench.uploads.downloadUrl({ attachmentId: 'atc_1' }, ann)) ?? '';
    const head = await bench.request(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(pdf.length), '']);
    await bench.uploads.delete({ attachmentId: 'atc_1' }, ann);
    expect((await bench.request(url)).status).toBe(404);
  });

  it('is found by the next process, under no name that a user gave', async () => {
    const url = await begin(png, 'image/png', 'atc_1', '../../../evil\0.png');
    await bench.request(url, { method: 'PUT', body: png });
    const next = diskUploads({ folder: bench.folder, baseUrl: 'https://app.example.com/agent', secret });
    expect((await next.read({ attachmentId: 'atc_1' }, ann))?.size).toBe(png.length);
    const names = (await bench.files()).map((file) => file.slice(bench.folder.length + 1));
    for (const name of names) expect(name).toMatch(/^(owners\/[0-9a-f]{2}\/[0-9a-f]{64}\/atc_1\.(json|bytes)|pending\/[0-9a-f]{64}\.atc_1)$/);
  });
});

describe('the clean-up of diskUploads', () => {
  it('gives each file to one of two that run at once', async () => {
    for (let index = 0; index < 20; index++) await begin(png, 'image/png', `atc_${String(index)}`);
    bench.pass(25 * 3_600_000);
    const both = await Promise.all([bench.uploads.removeOrphans({ limit: 100, isUsed: async () => false }), bench.uploads.removeOrphans({ limit: 100, isUsed: async () => false })]);
    expect(both.flat().map(({ attachmentId }) => attachmentId).sort()).toEqual(Array.from({ length: 20 }, (_value, index) => `atc_${String(index)}`).sort());
    expect(await bench.files()).toEqual([]);
  });

  it('leaves a file alone that a message got first', async () => {
    await uploaded(png, 'image/png');
    bench.pass(25 * 3_600_000);
    const [prepared, removed] = await Promise.allSettled([
      bench.uploads.prepare({ type: 'file', id: 'atc_1', name: 'x', mime_type: 'image/png' }, ann),
      bench.uploads.removeOrphans({ limit: 10, isUsed: async () => false }),
    ]);
    const kept = await bench.uploads.read({ attachmentId: 'atc_1' }, ann);
    expect(kept !== null).toBe(prepared.status === 'fulfilled');
    expect(removed.status === 'fulfilled' && removed.value.length).toBe(prepared.status === 'fulfilled' ? 0 : 1);
  });
});

describe('the options of diskUploads', () => {
  it.each([{ secret: 'short' }, { baseUrl: '/agent' }, { maxBytes: 0 }])('refuse %j', (wrong) => {
    expect(() => diskUploads({ folder: bench.folder, baseUrl: 'https://app.example.com/agent', secret, ...wrong })).toThrow(TypeError);
  });
});
