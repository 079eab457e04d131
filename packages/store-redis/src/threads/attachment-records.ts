import { ChatKitError, sanitizeText, type Attachment, type ThreadStore } from '@chatkit-selfhost/core';
import { encodeJson } from '../encode-json.js';
import { deleteAttachment, getAttachments, putAttachment } from './attachment-scripts.js';
import { forgetClaim, releaseId } from './claim-scripts.js';
import { attachmentKeys, type ThreadContext } from './thread-keys.js';
import { withClaim } from './with-claim.js';

type AttachmentReply = [json: string, upload: string | null, threadId: string | null];

/** The records of attachments. */
export function attachmentRecords(context: ThreadContext): Pick<ThreadStore, 'putAttachment' | 'getAttachments' | 'deleteAttachment'> {
  const { connection, keys } = context;
  const release = async (ownerId: string, id: string): Promise<void> => {
    await connection.run(releaseId, [keys.attachmentClaim(id)], [ownerId]);
    await connection.run(forgetClaim, [keys.owner(ownerId).claims], [`a:${id}`]);
  };
  return {
    putAttachment: async ({ ownerId }, { thread_id: threadId, upload_descriptor: upload, ...attachment }) => {
      const id = sanitizeText(attachment.id);
      const result = await withClaim(
        context, ownerId, { key: keys.attachmentClaim(id), note: `a:${id}` },
        (claimed) => connection.run(putAttachment, attachmentKeys(context, ownerId, id), [
          id, ownerId, claimed, encodeJson(attachment), upload ? encodeJson(upload) : '', threadId ?? '',
        ]),
        (reply) => reply === 'claim',
      );
      if (result !== 'written') throw new ChatKitError({ code: 'not_found', status: 404, message: 'Attachment not found.' });
    },
    getAttachments: async ({ ownerId }, ids) => {
      if (ids.length === 0) return [];
      const found = (await connection.run(getAttachments, attachmentKeys(context, ownerId, ids[0] ?? ''), ids)) as AttachmentReply[];
      return found.map(toAttachment);
    },
    deleteAttachment: async ({ ownerId }, { attachmentId }) => {
      const deleted = await connection.run(deleteAttachment, attachmentKeys(context, ownerId, attachmentId), [attachmentId]);
      if (deleted === 1 && connection.clustered) await release(ownerId, attachmentId);
      return deleted === 1;
    },
  };
}

function toAttachment([json, upload, threadId]: AttachmentReply): Attachment {
  const attachment = JSON.parse(json) as Attachment;
  if (threadId !== null) attachment.thread_id = threadId;
  if (upload !== null) attachment.upload_descriptor = JSON.parse(upload) as NonNullable<Attachment['upload_descriptor']>;
  return attachment;
}
