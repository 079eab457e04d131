import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdf, png, text, windowsProgram } from '../../packages/attachments/test/support/samples.js';
import { attachmentDoors, startAttachmentServer, type AttachmentServer, type AttachmentServerOptions } from './attachment-servers.js';
import { TestClient, threadIdOf, type Answer } from './client.js';

interface Created {
  id: string;
  type: string;
  upload_descriptor?: { url: string; method: string; headers: Record<string, string> };
  preview_url?: string;
}

let server: AttachmentServer;
let ann: TestClient;
const start = async (options: AttachmentServerOptions = {}): Promise<void> => {
  server = await startAttachmentServer(options);
  ann = await new TestClient(server.url).start();
};
afterEach(() => server.close());

async function create(client: TestClient, name: string, bytes: Uint8Array, mimeType: string): Promise<Created> {
  return (await client.call('attachments.create', { name, size: bytes.length, mime_type: mimeType })).json as unknown as Created;
}

/** Phase two, as a browser does it: no credential, only the address. */
async function put({ upload_descriptor: descriptor }: Created, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const response = await fetch(descriptor?.url ?? '', { method: descriptor?.method ?? '', headers: descriptor?.headers ?? {}, body: bytes });
  await response.text();
  return response.status;
}

async function uploaded(client: TestClient, name: string, bytes: Uint8Array<ArrayBuffer>, mimeType: string): Promise<Created> {
  const created = await create(client, name, bytes, mimeType);
  expect(await put(created, bytes)).toBeLessThan(300);
  return created;
}

const messageWith = (...ids: string[]): unknown => ({ content: [{ type: 'input_text', text: 'What is this?' }], attachments: ids, inference_options: {} });
const send = (client: TestClient, ...ids: string[]): Promise<Answer> => client.call('threads.create', { input: messageWith(...ids) });

async function firstAttachments(client: TestClient, threadId: string): Promise<Created[]> {
  return (await client.items(threadId)).flatMap((item) => (item['attachments'] ?? []) as Created[]);
}

describe.each(['disk', 's3'] as const)('attachments on %s', (keeping) => {
  describe.each(Object.entries(attachmentDoors))('through %s', (_name, door) => {
    beforeEach(() => start({ keeping, door }));

    it('are created, uploaded, part of a message, read by the model and shown again', async () => {
      const image = await uploaded(ann, 'stock.png', png, 'image/png');
      const file = await uploaded(ann, 'order.pdf', pdf, 'application/pdf');
      expect(image).toMatchObject({ type: 'image', name: 'stock.png', mime_type: 'image/png', upload_descriptor: { method: 'PUT', headers: { 'content-type': 'image/png' } } });
      expect([file.type, file.preview_url, 'metadata' in image]).toEqual(['file', undefined, false]);

      const answer = await send(ann, image.id, file.id);
      expect(server.inputs[0]?.[0]).toMatchObject({
        role: 'user',
        content: [
          { type: 'input_text', text: 'What is this?' },
          { type: 'input_image', image: `data:image/png;base64,${Buffer.from(png).toString('base64')}` },
          { type: 'input_file', file: `data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}`, filename: 'order.pdf' },
        ],
      });

      const [shown] = await firstAttachments(ann, threadIdOf(answer));
      expect(shown).toMatchObject({ id: image.id, type: 'image' });
      expect(shown).not.toHaveProperty('upload_descriptor');
      const preview = await fetch(shown?.preview_url ?? '');
      expect(preview.headers.get('content-type')).toBe('image/png');
      expect(new Uint8Array(await preview.arrayBuffer())).toEqual(png);
      const { json } = await ann.call('threads.get_by_id', { thread_id: threadIdOf(answer) });
      expect(JSON.stringify(json)).toContain(JSON.stringify(shown?.preview_url));
    });

    it('are refused before a thread begins when they were not uploaded or are something else', async () => {
      const missing = await create(ann, 'stock.png', png, 'image/png');
      const wrong = await create(ann, 'stock.png', windowsProgram, 'image/png');
      // On disk the bytes are refused as they come; a bucket is asked when a message has the file.
      const status = await put(wrong, windowsProgram);
      const [first, second] = [await send(ann, missing.id), await send(ann, wrong.id)];
      expect([first.status, first.json['code']]).toEqual([409, 'upload_incomplete']);
      expect([status, second.status]).toEqual(keeping === 'disk' ? [415, 409] : [200, 415]);
      expect((await ann.call('threads.list', {})).json['data']).toEqual([]);
      expect(server.inputs).toEqual([]);
    });

    it("are nobody else's", async () => {
      const bob = await new TestClient(server.url).start();
      const image = await uploaded(ann, 'stock.png', png, 'image/png');
      const absent = await send(bob, 'atc_00000000000000000000000000000000');
      const theirs = await send(bob, image.id);
      expect([theirs.status, theirs.json['code'], theirs.json['message']]).toEqual([404, absent.json['code'], absent.json['message']]);
      expect((await bob.call('attachments.delete', { attachment_id: image.id })).status).toBe(404);
      expect((await send(ann, image.id)).status).toBe(200);
    });

    it('are gone when they are deleted, for the model too', async () => {
      const image = await uploaded(ann, 'stock.png', png, 'image/png');
      const threadId = threadIdOf(await send(ann, image.id));
      expect((await ann.call('attachments.delete', { attachment_id: image.id })).json).toEqual({});
      const [shown] = await firstAttachments(ann, threadId);
      expect((await fetch(shown?.preview_url ?? '')).status).toBe(404);
      await ann.say(threadId, 'And now?');
      expect(JSON.stringify(server.inputs[1])).toContain('no longer available');
    });
  });
});

describe('attachments on disk over HTTP', () => {
  it('say alike of every address that is not one of theirs', async () => {
    await start();
    const image = await uploaded(ann, 'stock.png', png, 'image/png');
    const good = new URL(image.preview_url ?? '');
    const forged = ['for=preview', 'for=download'].map((name) => good.href.replace('for=preview', name).replace(/expires=\d/, 'expires=8'));
    const addresses = [...forged, good.href.replace(image.id, 'atc_other'), good.href.split('?')[0] ?? '', `${server.url}/attachments/..%2F..%2F..%2Fetc%2Fpasswd`, `${server.url}/attachments/a%00b`, `${server.url}/attachments/${'a'.repeat(64)}/..%2Fx`];
    for (const address of addresses) {
      const response = await fetch(address);
      expect([address, response.status, ((await response.json()) as { code: string }).code]).toEqual([address, 404, 'not_found']);
    }
    expect((await fetch(good, { method: 'PUT', body: png })).status).toBe(404);
    expect((await fetch(good)).status).toBe(200);
  });

  it('end an upload that is too large with 413, announced or not', async () => {
    await start({ limits: { maxUploadBytes: 1_000 } });
    expect((await ann.call('attachments.create', { name: 'a', size: 1_001, mime_type: 'text/plain' })).status).toBe(413);
    const created = await create(ann, 'a.txt', text('a'.repeat(1_000)), 'text/plain');
    expect(await put(created, text('a'.repeat(2_000)))).toBe(413);
    const pieces = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let piece = 0; piece < 10; piece++) controller.enqueue(text('a'.repeat(1_000)));
        controller.close();
      },
    });
    const streamed = await fetch(created.upload_descriptor?.url ?? '', { method: 'PUT', body: pieces, duplex: 'half' } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(await put(created, text('a'.repeat(1_000)))).toBe(204);
  });

  it('keep the addresses of previews fresh in messages that are long stored', async () => {
    let now = Date.now();
    await start({ disk: { clock: () => new Date(now) } });
    const image = await uploaded(ann, 'stock.png', png, 'image/png');
    const threadId = threadIdOf(await send(ann, image.id));
    const [before] = await firstAttachments(ann, threadId);
    now += 30 * 24 * 3_600_000;
    expect((await fetch(before?.preview_url ?? '')).status).toBe(403);
    const [after] = await firstAttachments(ann, threadId);
    expect((await fetch(after?.preview_url ?? '')).status).toBe(200);
  });

  it('clean up files that no message had, with their records, and all that an owner had', async () => {
    let now = Date.now();
    await start({ disk: { clock: () => new Date(now) } });
    const [used, unused] = [await uploaded(ann, 'a.png', png, 'image/png'), await uploaded(ann, 'b.png', png, 'image/png')];
    await send(ann, used.id);
    expect((await server.chatkit.cleanup()).uploads).toBe(0);
    now += 25 * 3_600_000;
    expect((await server.chatkit.cleanup()).uploads).toBe(1);
    expect((await send(ann, unused.id)).status).toBe(404);
    const ownerId = (await server.chatkit.sessions.touch(ann.sessionId))?.ownerId ?? '';
    expect(await server.uploads.read({ attachmentId: used.id }, { ownerId })).not.toBeNull();
    await server.chatkit.deleteOwner({ ownerId });
    expect(await server.uploads.read({ attachmentId: used.id }, { ownerId })).toBeNull();
  });

  it('clean up files of a message that was refused', async () => {
    let now = Date.now();
    await start({ disk: { clock: () => new Date(now) } });
    const image = await uploaded(ann, 'a.png', png, 'image/png');
    const refused = await ann.call('threads.add_user_message', { thread_id: 'thr_unknown', input: messageWith(image.id) });
    expect(refused.status).toBe(404);
    now += 25 * 3_600_000;
    expect((await server.chatkit.cleanup()).uploads).toBe(1);
    expect((await send(ann, image.id)).status).toBe(404);
  });

  it.each([[true, 200, 1], [false, 429, 2]])('go with their thread, and out of the quota, where the app wants that (%s)', async (wanted, status, left) => {
    await start({ disk: { quota: { files: 2 } }, server: { deleteAttachmentsWithThread: wanted } });
    const [first, second] = [await uploaded(ann, 'a.png', png, 'image/png'), await uploaded(ann, 'b.png', png, 'image/png')];
    const threadId = threadIdOf(await send(ann, first.id));
    await send(ann, second.id);
    expect((await ann.call('threads.delete', { thread_id: threadId })).status).toBe(200);
    const { status: answered } = await ann.call('attachments.create', { name: 'c.png', size: png.length, mime_type: 'image/png' });
    expect(answered).toBe(status);
    const ownerId = (await server.chatkit.sessions.touch(ann.sessionId))?.ownerId ?? '';
    const kept = await Promise.all([first, second].map(({ id }) => server.uploads.read({ attachmentId: id }, { ownerId })));
    expect(kept.filter((bytes) => bytes !== null)).toHaveLength(left);
  });

  it('show a conversation whose previews can not be refreshed, as they were', async () => {
    let broken = false;
    await start({
      wrap: (uploads) => ({
        ...uploads,
        refresh: async (attachment, scope) => {
          if (broken) throw new Error('The service that signs is away.');
          return (await uploads.refresh?.(attachment, scope)) ?? attachment;
        },
      }),
    });
    const image = await uploaded(ann, 'stock.png', png, 'image/png');
    const threadId = threadIdOf(await send(ann, image.id));
    broken = true;
    expect(await firstAttachments(ann, threadId)).toMatchObject([{ id: image.id, preview_url: expect.stringMatching(/^http/) as unknown }]);
    expect(server.errors).toEqual([new Error('The service that signs is away.')]);
  });
});
