import type { Attachment } from '../protocol/index.js';
import type { ConversionContext } from './convert-items.js';
import type { InputPart } from './model-input-item.js';

/**
 * An attachment for the model: by the app's converter, else its bytes as a data URL. Those of earlier messages only while the allowance
 * lasts: every turn would read and send all files of the conversation again.
 */
export async function attachmentPart(attachment: Attachment, { converters, info, uploads, scope, allowance }: ConversionContext, isCurrentMessage: boolean): Promise<InputPart> {
  if (converters.attachment) return converters.attachment(attachment, info);
  if (!uploads) throw new Error('Messages with attachments need a converter: set itemConverters.attachment, or uploads.');
  const read = async (): Promise<Blob | null> => uploads.read({ attachmentId: attachment.id }, scope);
  const taken = isCurrentMessage ? { media: await read() } : await allowance.take(read);
  if (!taken) return { type: 'input_text', text: `[The file "${attachment.name}" was given here; its content is no longer shown.]` };
  if (!taken.media) return { type: 'input_text', text: `[The file "${attachment.name}" is no longer available.]` };
  const url = `data:${attachment.mime_type};base64,${toBase64(new Uint8Array(await taken.media.arrayBuffer()))}`;
  return attachment.type === 'image' ? { type: 'input_image', image: url } : { type: 'input_file', file: url, filename: attachment.name };
}

const CHUNK = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: the arguments of one call are limited.
  for (let offset = 0; offset < bytes.length; offset += CHUNK) binary += String.fromCharCode(...bytes.subarray(offset, offset + CHUNK));
  return btoa(binary);
}
