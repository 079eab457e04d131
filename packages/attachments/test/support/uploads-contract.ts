import type { Attachment, AttachmentOf, OwnerScope, UploadBegun, UploadDescriptor } from '@chatkit-selfhost/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompleteUploads } from '../../src/complete-uploads.js';
import type { FileRulesOptions, OwnerQuota } from '../../src/index.js';
import { docx, docxType, pdf, png, text, windowsProgram } from './samples.js';

export interface Bench {
  uploads: CompleteUploads;
  /** What a client does with a descriptor. */
  send: (descriptor: UploadDescriptor, bytes: Uint8Array<ArrayBuffer>) => Promise<number>;
  download: (url: string) => Promise<Response>;
  /** Lets time pass for the uploads, not for the test. */
  pass: (milliseconds: number) => void;
  close: () => Promise<void>;
}

export type OpenBench = (options?: FileRulesOptions & { quota?: OwnerQuota; orphansAfterMs?: number }) => Promise<Bench>;

const nobody = async (): Promise<boolean> => false;
const ann: OwnerScope = { ownerId: 'ann' };
const bob: OwnerScope = { ownerId: '../bob/\0%2e%2e ü' };
let count = 0;
const newId = (): string => `atc_${String(++count).padStart(32, '0')}`;

/** What all uploads do alike, wherever the bytes are. */
export function describeUploads(name: string, open: OpenBench): void {
  describe(name, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(() => bench.close());

    const begin = async (bytes: Uint8Array<ArrayBuffer>, mimeType: string, { scope = ann, fileName = 'file', id = newId() } = {}): Promise<{ attachment: Attachment; descriptor: UploadDescriptor; begun: UploadBegun }> => {
      const begun = (await bench.uploads.begin({ id, name: fileName, size: bytes.length, mimeType }, scope)) as UploadBegun;
      if (!begun.descriptor) throw new Error('There is no descriptor.');
      const attachment: Attachment = { type: 'file', id, name: fileName, mime_type: mimeType, ...(begun.metadata ? { metadata: begun.metadata } : {}) };
      return { attachment, descriptor: begun.descriptor, begun };
    };
    const uploaded = async (bytes: Uint8Array<ArrayBuffer>, mimeType: string, scope = ann, fileName = 'file'): Promise<Attachment> => {
      const { attachment, descriptor } = await begin(bytes, mimeType, { scope, fileName });
      expect(await bench.send(descriptor, bytes)).toBeLessThan(300);
      await bench.uploads.prepare(attachment, scope);
      return attachment;
    };
    const bytesOf = async ({ id }: { id: string }, scope = ann): Promise<Uint8Array | null> => {
      const blob = await bench.uploads.read({ attachmentId: id }, scope);
      return blob && new Uint8Array(await blob.arrayBuffer());
    };

    it.each([['a picture', png, 'image/png'], ['a document', pdf, 'application/pdf'], ['an office document', docx, docxType], ['text', text('Grüße'), 'text/plain'], ['nothing', text(''), 'text/plain']])('keeps %s as it was sent', async (_name, bytes, type) => {
      expect(await bytesOf(await uploaded(bytes, type))).toEqual(bytes);
    });

    it('keeps a file that came with the request', async () => {
      const id = newId();
      const { previewUrl } = await bench.uploads.store({ id, name: 'a.png', size: png.length, mimeType: 'image/png', bytes: new Blob([png]) }, ann);
      expect(await bytesOf({ id })).toEqual(png);
      expect(new Uint8Array(await (await bench.download(previewUrl ?? '')).arrayBuffer())).toEqual(png);
      await bench.uploads.prepare({ type: 'file', id, name: 'a.png', mime_type: 'image/png' }, ann);
      expect(await bytesOf({ id })).toEqual(png);
    });

    it('says as often as it is asked that a file is ready', async () => {
      const attachment = await uploaded(png, 'image/png');
      await expect(Promise.all([1, 2, 3].map(() => bench.uploads.prepare(attachment, ann)))).resolves.toHaveLength(3);
      expect(await bytesOf(attachment)).toEqual(png);
    });

    it('refuses a message whose file has not been uploaded', async () => {
      const { attachment } = await begin(png, 'image/png');
      await expect(bench.uploads.prepare(attachment, ann)).rejects.toMatchObject({ status: 409, code: 'upload_incomplete' });
      await expect(bench.uploads.prepare({ ...attachment, id: 'atc_unknown' }, ann)).rejects.toMatchObject({ status: 409 });
      await expect(bench.uploads.prepare({ ...attachment, id: '../x' }, ann)).rejects.toMatchObject({ status: 409 });
      expect(await bytesOf(attachment)).toBeNull();
    });

    it.each(['../../etc/passwd', '..', '', 'a/b', 'a\0b', 'a.json', '%2e%2e', 'x'.repeat(200)])('knows no file by the id %j', async (id) => {
      expect(await bench.uploads.read({ attachmentId: id }, ann)).toBeNull();
      expect(await bench.uploads.downloadUrl({ attachmentId: id }, ann)).toBeNull();
      await expect(bench.uploads.delete({ attachmentId: id }, ann)).resolves.toBeUndefined();
      await expect(begin(png, 'image/png', { id })).rejects.toThrow(TypeError);
    });

    it("treats another's file as one that is not there", async () => {
      const attachment = await uploaded(png, 'image/png', bob);
      expect(await bytesOf(attachment)).toBeNull();
      expect(await bench.uploads.downloadUrl({ attachmentId: attachment.id }, ann)).toBeNull();
      await expect(bench.uploads.prepare(attachment, ann)).rejects.toMatchObject({ status: 409 });
      await bench.uploads.delete({ attachmentId: attachment.id }, ann);
      await bench.uploads.deleteOwner(ann);
      expect(await bytesOf(attachment, bob)).toEqual(png);
    });

    it('gives only pictures a preview, which shows them as they are', async () => {
      const attachment = await uploaded(png, 'image/png');
      const image: Attachment = { ...attachment, type: 'image', preview_url: 'https://old.example' };
      const refreshed = await bench.uploads.refresh(image, ann);
      const shown = await bench.download(refreshed.type === 'image' ? refreshed.preview_url : '');
      expect([shown.status, shown.headers.get('content-type'), shown.headers.get('content-disposition')?.split(';')[0]]).toEqual([200, 'image/png', 'inline']);
      expect(new Uint8Array(await shown.arrayBuffer())).toEqual(png);
      expect((await begin(pdf, 'application/pdf')).begun.previewUrl).toBeUndefined();
      const file = await uploaded(pdf, 'application/pdf');
      expect(await bench.uploads.refresh(file, ann)).toEqual(file);
    });

    it('offers a file as a download under its name', async () => {
      const { id } = await uploaded(text('<h1>not a page</h1>'), 'text/plain', ann, 'Grüße "\r\n/../x.txt');
      const response = await bench.download((await bench.uploads.downloadUrl({ attachmentId: id }, ann)) ?? '');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/plain');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="Gr__e __.._x\.txt"; filename\*=UTF-8''Gr%C3%BC%C3%9Fe/);
      expect(await response.text()).toBe('<h1>not a page</h1>');
    });

    it('takes no file that is too large or of a type not taken', async () => {
      await expect(begin(windowsProgram, 'application/x-msdownload')).rejects.toMatchObject({ status: 415 });
      await expect(begin(png, 'image/svg+xml')).rejects.toMatchObject({ status: 415 });
      await expect(begin(png, 'image/png\r\nx: y')).rejects.toMatchObject({ status: 415 });
      await expect(begin(png, '')).rejects.toMatchObject({ status: 415 });
      for (const size of [25 * 1024 * 1024 + 1, -1, Number.NaN]) {
        await expect(bench.uploads.begin({ id: newId(), name: 'x', size, mimeType: 'image/png' }, ann)).rejects.toMatchObject({ status: 413 });
      }
    });

    it('sees by the bytes that a file is not what it was announced as', async () => {
      const { attachment, descriptor } = await begin(windowsProgram, 'image/png');
      const sent = await bench.send(descriptor, windowsProgram);
      if (sent < 300) await expect(bench.uploads.prepare(attachment, ann)).rejects.toMatchObject({ status: 415 });
      else expect(sent).toBe(415);
      expect(await bytesOf(attachment)).toBeNull();
      const id = newId();
      const direct = bench.uploads.store({ id, name: 'x.png', size: windowsProgram.length, mimeType: 'image/png', bytes: new Blob([windowsProgram]) }, ann);
      await expect(direct).rejects.toMatchObject({ status: 415 });
      expect(await bytesOf({ id })).toBeNull();
    });

    it('takes no more bytes than were announced', async () => {
      const { attachment, descriptor } = await begin(text('12345'), 'text/plain');
      expect(await bench.send(descriptor, text('123456'))).toBeGreaterThanOrEqual(400);
      await expect(bench.uploads.prepare(attachment, ann)).rejects.toMatchObject({ status: 409 });
    });

    it('keeps what a message has, whatever is sent later', async () => {
      const { attachment, descriptor } = await begin(text('first'), 'text/plain');
      await bench.send(descriptor, text('first'));
      await bench.uploads.prepare(attachment, ann);
      await bench.send(descriptor, text('later'));
      expect(await bytesOf(attachment)).toEqual(text('first'));
    });

    it('takes one of several files that are sent at once to the same address', async () => {
      const { attachment, descriptor } = await begin(text('0'), 'text/plain');
      const statuses = await Promise.all(Array.from('0123456789', (digit) => bench.send(descriptor, text(digit))));
      expect(statuses.some((status) => status < 300)).toBe(true);
      await bench.uploads.prepare(attachment, ann);
      expect(await bytesOf(attachment)).toHaveLength(1);
    });

    it('takes many files of many owners at once', async () => {
      const files = Array.from({ length: 20 }, (_value, index) => ({ scope: { ownerId: `owner ${String(index % 4)}` }, bytes: text(`file ${String(index)}`) }));
      const attachments = await Promise.all(files.map(({ bytes, scope }) => uploaded(bytes, 'text/plain', scope)));
      for (const [index, attachment] of attachments.entries()) expect(await bytesOf(attachment, files[index]?.scope)).toEqual(files[index]?.bytes);
    });

    it('deletes a file, and all of an owner', async () => {
      const [first, second] = [await uploaded(png, 'image/png'), await uploaded(pdf, 'application/pdf')];
      await bench.uploads.delete({ attachmentId: first.id }, ann);
      await bench.uploads.delete({ attachmentId: first.id }, ann);
      expect([await bytesOf(first), await bytesOf(second)]).toEqual([null, pdf]);
      await begin(png, 'image/png');
      await bench.uploads.deleteOwner(ann);
      expect(await bytesOf(second)).toBeNull();
      bench.pass(365 * 24 * 3_600_000);
      expect(await bench.uploads.removeOrphans({ limit: 10, isUsed: nobody })).toEqual([]);
    });

    describe('with a quota', () => {
      const reopen = async (quota: OwnerQuota): Promise<void> => {
        await bench.close();
        bench = await open({ quota });
      };

      it('takes so many files of an owner, and more once some are deleted', async () => {
        await reopen({ files: 2 });
        const first = await uploaded(png, 'image/png');
        await begin(png, 'image/png');
        await expect(begin(png, 'image/png')).rejects.toMatchObject({ status: 429, code: 'too_many_files' });
        await expect(begin(png, 'image/png', { scope: bob })).resolves.toBeDefined();
        await bench.uploads.delete({ attachmentId: first.id }, ann);
        await expect(begin(png, 'image/png')).resolves.toBeDefined();
      });

      it('takes so many bytes of an owner, announced ones too', async () => {
        await reopen({ bytes: 100 });
        await uploaded(text('x'.repeat(60)), 'text/plain');
        await begin(text('x'.repeat(40)), 'text/plain');
        await expect(begin(text('x'), 'text/plain')).rejects.toMatchObject({ status: 413, code: 'quota_exceeded' });
        const direct = bench.uploads.store({ id: newId(), name: 'x', size: 1, mimeType: 'text/plain', bytes: new Blob(['x']) }, ann);
        await expect(direct).rejects.toMatchObject({ status: 413 });
      });

      it('never takes more when many are announced at once', async () => {
        await reopen({ files: 5 });
        const results = await Promise.allSettled(Array.from({ length: 20 }, () => begin(png, 'image/png')));
        const taken = results.filter(({ status }) => status === 'fulfilled').length;
        expect(taken).toBeLessThanOrEqual(5);
      });
    });

    it('deletes what was never part of a message, in batches, and says whose it was', async () => {
      const used = await uploaded(png, 'image/png');
      const announced = await begin(png, 'image/png');
      const sent = await begin(pdf, 'application/pdf', { scope: bob });
      await bench.send(sent.descriptor, pdf);
      const direct = newId();
      await bench.uploads.store({ id: direct, name: 'x', size: png.length, mimeType: 'image/png', bytes: new Blob([png]) }, ann);
      const isUsed = async ({ attachmentId }: AttachmentOf): Promise<boolean> => attachmentId === used.id;
      expect(await bench.uploads.removeOrphans({ limit: 10, isUsed: nobody })).toEqual([]);
      bench.pass(25 * 3_600_000);
      const first = await bench.uploads.removeOrphans({ limit: 2, isUsed });
      const second = await bench.uploads.removeOrphans({ limit: 2, isUsed });
      expect([first.length, second.length]).toEqual([2, 1]);
      const expected = [{ attachmentId: announced.attachment.id, scope: ann }, { attachmentId: sent.attachment.id, scope: bob }, { attachmentId: direct, scope: ann }];
      expect([...first, ...second]).toEqual(expect.arrayContaining(expected));
      expect([await bytesOf(used), await bytesOf(sent.attachment, bob), await bytesOf({ id: direct })]).toEqual([png, null, null]);
      await expect(bench.uploads.prepare(sent.attachment, bob)).rejects.toMatchObject({ status: 409 });
      // Whoever is known to be used is not asked about again.
      expect(await bench.uploads.removeOrphans({ limit: 10, isUsed: nobody })).toEqual([]);
      expect(await bytesOf(used)).toEqual(png);
    });

    it('deletes what was made ready for a message that was refused, once it has waited again', async () => {
      const { attachment, descriptor } = await begin(png, 'image/png');
      await bench.send(descriptor, png);
      bench.pass(25 * 3_600_000);
      await bench.uploads.prepare(attachment, ann);
      expect(await bytesOf(attachment)).toEqual(png);
      bench.pass(25 * 3_600_000);
      expect(await bench.uploads.removeOrphans({ limit: 10, isUsed: nobody })).toEqual([{ attachmentId: attachment.id, scope: ann }]);
      expect(await bytesOf(attachment)).toBeNull();
    });
  });
}
