import type { Attachment, UploadDescriptor } from '../attachment.js';

function uploadDescriptorToWire({ url, method, headers }: UploadDescriptor): object {
  return { url, method, headers: headers ?? {} };
}

/** An attachment as a client may see it: without its `metadata`, which is the app's own. */
export function attachmentToWire(attachment: Attachment): object {
  return {
    type: attachment.type,
    id: attachment.id,
    name: attachment.name,
    mime_type: attachment.mime_type,
    thread_id: attachment.thread_id ?? undefined,
    upload_descriptor: attachment.upload_descriptor ? uploadDescriptorToWire(attachment.upload_descriptor) : undefined,
    preview_url: attachment.type === 'image' ? attachment.preview_url : undefined,
  };
}
