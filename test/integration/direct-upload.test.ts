import { afterEach, describe, expect, it } from 'vitest';
import { pdf, png, text, windowsProgram } from '../../packages/attachments/test/support/samples.js';
import { attachmentDoors, startAttachmentServer, type AttachmentServer, type AttachmentServerOptions } from './attachment-servers.js';
import { TestClient, threadIdOf, type Answer } from './client.js';

let server: AttachmentServer;
let ann: TestClient;
const start = async (options: AttachmentServerOptions = {}): Promise<void> => {
  server = await startAttachmentServer(options);
  ann = await new TestClient(server.url).start();
};
afterEach(() => server.close());

function form(bytes: Uint8Array<ArrayBuffer>, type: string, name = 'file'): FormData {
  const body = new FormData();
  body.append('file', new File([bytes], name, { type }), name);
  return body;
}

const upload = (client: TestClient, body: BodyInit, headers: Record<string, string> = {}): Promise<Answer> => client.send('/attachments', { method: 'POST', body, headers });
const messageWith = (id: unknown): unknown => ({ input: { content: [{ type: 'input_text', text: 'What is this?' }], attachments: [id], inference_options: {} } });

describe.each(['disk', 's3'] as const)('a direct upload to %s', (keeping) => {
  it.each(Object.entries(attachmentDoors))('is answered with an attachment that a message can have, through %s', async (_name, door) => {
    await start({ keeping, door });
    const { status, json } = await upload(ann, form(png, 'image/png', 'Grüße 🙂.png'));
    expect(status).toBe(200);
    expect(json).toEqual({ type: 'image', id: expect.stringMatching(/^atc_[0-9a-f]{32}$/) as unknown, name: 'Grüße 🙂.png', mime_type: 'image/png', preview_url: expect.stringMatching(/^http/) as unknown });
    expect(new Uint8Array(await (await fetch(String(json['preview_url']))).arrayBuffer())).toEqual(png);
    const answer = await ann.call('threads.create', messageWith(json['id']));
    expect(JSON.stringify(server.inputs[0])).toContain(Buffer.from(png).toString('base64'));
    const [message] = await ann.items(threadIdOf(answer));
    expect(message?.['attachments']).toMatchObject([{ id: json['id'], thread_id: threadIdOf(answer) }]);
  });

  it('can be removed again', async () => {
    await start({ keeping });
    const { json } = await upload(ann, form(pdf, 'application/pdf'));
    expect((await ann.call('attachments.delete', { attachment_id: json['id'] })).status).toBe(200);
    expect((await ann.call('threads.create', messageWith(json['id']))).status).toBe(404);
  });

  it("is refused for bytes of another type than the form says, and leaves nothing", async () => {
    await start({ keeping });
    const refused = await upload(ann, form(windowsProgram, 'image/png'));
    expect([refused.status, refused.json['code']]).toEqual([415, 'file_type_mismatch']);
    expect((await upload(ann, form(windowsProgram, 'application/x-msdownload'))).json['code']).toBe('file_type_not_supported');
  });
});

describe('the route of direct uploads', () => {
  it('wants to know the caller before it reads', async () => {
    await start();
    const stranger = new TestClient(server.url);
    expect((await upload(stranger, form(png, 'image/png'))).status).toBe(401);
    stranger.headers = { 'x-chatkit-session': `session-1-${'0'.repeat(32)}` };
    expect((await upload(stranger, form(png, 'image/png'))).status).toBe(401);
  });

  it("gives a file to its caller alone", async () => {
    await start();
    const bob = await new TestClient(server.url).start();
    const { json } = await upload(ann, form(png, 'image/png'));
    expect((await bob.call('threads.create', messageWith(json['id']))).status).toBe(404);
  });

  it('takes a file of exactly the largest size, and answers a larger one with 413, announced or not', async () => {
    await start({ limits: { maxUploadBytes: 100_000 } });
    expect((await upload(ann, form(text('a'.repeat(100_000)), 'text/plain'))).status).toBe(200);
    expect((await upload(ann, form(text('a'.repeat(100_001)), 'text/plain'))).json['code']).toBe('file_too_large');
    expect((await upload(ann, form(text('a'.repeat(1_000_000)), 'text/plain'))).status).toBe(413);
    const encoded = new Response(form(text('a'.repeat(500_000)), 'text/plain'));
    const streamed = await ann.send('/attachments', { method: 'POST', body: encoded.body, duplex: 'half', headers: { 'content-type': encoded.headers.get('content-type') ?? '' } } as RequestInit);
    expect(streamed.status).toBe(413);
  });

  it.each<[string, BodyInit, Record<string, string>, number]>([
    ['JSON', '{}', { 'content-type': 'application/json' }, 415],
    ['nothing', '', {}, 415],
    ['a form without a boundary', 'a', { 'content-type': 'multipart/form-data' }, 415],
    ['a form that breaks off', '-------------------------------1234567890\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc', { 'content-type': 'multipart/form-data; boundary=-----------------------------1234567890' }, 400],
    ['no form at all', 'not a form', { 'content-type': 'multipart/form-data; boundary=-----------------------------1234567890' }, 400],
    ['a field instead of a file', '-------------------------------1234567890\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc\r\n-------------------------------1234567890--\r\n', { 'content-type': 'multipart/form-data; boundary=-----------------------------1234567890' }, 400],
  ])('answers %s as a mistake of the client', async (_name, body, headers, status) => {
    await start();
    const { json, ...answer } = await upload(ann, body, headers);
    expect([answer.status, typeof json['code'], typeof json['request_id']]).toEqual([status, 'string', 'string']);
  });

  it('takes one file a form', async () => {
    await start();
    const two = form(png, 'image/png');
    two.append('file', new File([png], 'b.png', { type: 'image/png' }));
    expect((await upload(ann, two)).status).toBe(400);
    const other = new FormData();
    other.append('upload', new File([png], 'b.png', { type: 'image/png' }));
    expect((await upload(ann, other)).status).toBe(400);
  });

  it('keeps a name that no store and no header could hold out of harm', async () => {
    await start();
    const body = `-------------------------------1234567890\r\nContent-Disposition: form-data; name="file"; filename="../../a\0%0d%0ab.txt"\r\nContent-Type: text/plain\r\n\r\nabc\r\n-------------------------------1234567890--\r\n`;
    const { status, json } = await upload(ann, body, { 'content-type': 'multipart/form-data; boundary=-----------------------------1234567890' });
    expect(status).toBe(200);
    expect(json['name']).not.toContain('\0');
    expect((await ann.call('threads.create', messageWith(json['id']))).status).toBe(200);
    expect(JSON.stringify(server.inputs[0])).toContain(Buffer.from('abc').toString('base64'));
  });

  it('takes many files at once', async () => {
    await start();
    const contents = Array.from({ length: 20 }, (_value, index) => `file ${String(index)}`);
    const answers = await Promise.all(contents.map((content) => upload(ann, form(text(content), 'text/plain'))));
    expect(new Set(answers.map(({ json }) => json['id'])).size).toBe(20);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('has no other method, and is not there for an app that takes none', async () => {
    await start({ bare: true });
    const refused = await ann.send('/attachments', { method: 'PUT', body: 'a' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
    expect([(await upload(ann, form(png, 'image/png'))).status, (await upload(ann, form(png, 'image/png'))).json['code']]).toEqual([501, 'not_configured']);
  });
});
