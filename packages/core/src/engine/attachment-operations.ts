import { ChatKitError } from '../errors/chatkit-error.js';
import { attachmentToWire, type Attachment, type UploadDescriptor } from '../protocol/index.js';
import { notFound } from '../runs/run-hub.js';
import { newId, sanitizeText } from '../store/index.js';
import type { Caller } from './caller.js';
import type { Engine } from './engine.js';
import type { UploadBegun, Uploads } from './uploads.js';

/** Two-phase upload, first half: the record, and where the bytes go. */
export async function createAttachment(engine: Engine, caller: Caller, file: { name: string; size: number; mime_type: string }): Promise<unknown> {
  const uploads = configured(engine);
  if (file.size < 0) throw new ChatKitError({ code: 'invalid_request', message: 'expected a size of at least 0', status: 400, path: 'params.size' });
  if (file.size > engine.limits.maxUploadBytes) {
    throw new ChatKitError({ code: 'file_too_large', message: `A file can have ${String(engine.limits.maxUploadBytes)} bytes.`, status: 413, path: 'params.size' });
  }
  const id = uploads.newId?.(file.mime_type) ?? newId('attachment');
  const begun = normalize(await uploads.begin({ id, name: file.name, size: file.size, mimeType: file.mime_type }, caller.scope));
  checkAddress('descriptor.url', begun.descriptor?.url);
  checkAddress('previewUrl', begun.previewUrl);
  return putRecord(engine, caller, { id, name: file.name, mimeType: file.mime_type, begun });
}

/** Direct upload: the bytes came with the request. */
export async function storeAttachment(engine: Engine, caller: Caller, file: File): Promise<unknown> {
  const { newId: ownId, store } = configured(engine);
  if (!store) throw new ChatKitError({ code: 'not_configured', message: 'Direct uploads are not available here.', status: 501 });
  const name = sanitizeText(file.name);
  const id = ownId?.(file.type) ?? newId('attachment');
  const begun = await store({ id, name, size: file.size, mimeType: file.type, bytes: file }, caller.scope);
  checkAddress('previewUrl', begun.previewUrl);
  return putRecord(engine, caller, { id, name, mimeType: file.type, begun });
}

async function putRecord({ store }: Engine, { scope }: Caller, { id, name, mimeType, begun }: { id: string; name: string; mimeType: string; begun: UploadBegun }): Promise<unknown> {
  const common = {
    id, name, mime_type: mimeType,
    ...(begun.descriptor ? { upload_descriptor: begun.descriptor } : {}),
    ...(begun.metadata ? { metadata: begun.metadata } : {}),
  };
  const attachment: Attachment = mimeType.startsWith('image/') && begun.previewUrl !== undefined
    ? { type: 'image', preview_url: begun.previewUrl, ...common }
    : { type: 'file', ...common };
  await store.threads.putAttachment(scope, attachment);
  return attachmentToWire(attachment);
}

/** The bytes first, then the record: a failure between the two can be repeated. */
export async function deleteAttachment(engine: Engine, caller: Caller, attachmentId: string): Promise<unknown> {
  const uploads = configured(engine);
  const [attachment] = await engine.store.threads.getAttachments(caller.scope, [attachmentId]);
  if (!attachment) throw notFound();
  await uploads.delete({ attachmentId }, caller.scope);
  await engine.store.threads.deleteAttachment(caller.scope, { attachmentId });
  return {};
}

function configured({ uploads }: Engine): Uploads {
  if (!uploads) throw new ChatKitError({ code: 'not_configured', message: 'Attachments are not available here.', status: 501 });
  return uploads;
}

function normalize(begun: UploadDescriptor | UploadBegun): UploadBegun {
  return 'url' in begun ? { descriptor: begun } : begun;
}

/** A plain error: it is the app's mistake, nothing that a user could mend. */
function checkAddress(name: string, address: string | undefined): void {
  if (address !== undefined && !URL.canParse(address)) throw new Error(`uploads gave a ${name} that is no absolute address.`);
}
