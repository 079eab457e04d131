import { ChatKitError, type Attachment, type OwnerScope, type ThreadStore } from '@chatkit-selfhost/core';
import type { Statements } from '../database/statements.js';
import { toJson } from '../database/to-json.js';

type AttachmentRecords = Pick<ThreadStore, 'putAttachment' | 'getAttachments' | 'deleteAttachment'>;

/** The records of attachments; their bytes are elsewhere. */
export function attachmentRecords({ schema, one, rows, now }: Statements): AttachmentRecords {
  return {
    putAttachment: async ({ ownerId }: OwnerScope, attachment) => {
      const written = await one<boolean>(
        `insert into ${schema}.attachments as a (id, owner_id, data, created_at)
           values ($1, $2, $3::jsonb, coalesce($4::timestamptz, statement_timestamp()))
         on conflict (id) do update set data = (excluded.data - 'thread_id')
             || case when a.thread_id is null then '{}' else jsonb_build_object('thread_id', a.thread_id) end
           where a.owner_id = excluded.owner_id
         returning 'true' as result`,
        [attachment.id, ownerId, toJson(attachment), now()],
      );
      if (!written) throw new ChatKitError({ code: 'not_found', message: 'There is no such attachment.', status: 404 });
    },

    getAttachments: async ({ ownerId }, ids) => {
      if (ids.length === 0) return [];
      return rows<Attachment>(
        `select a.data::text as result from jsonb_array_elements_text($2::jsonb) with ordinality as wanted (id, place)
           join ${schema}.attachments a on a.id = wanted.id and a.owner_id = $1 order by wanted.place`,
        [ownerId, toJson(ids)],
      );
    },

    deleteAttachment: async ({ ownerId }, { attachmentId }) =>
      (await rows(`delete from ${schema}.attachments a where a.id = $1 and a.owner_id = $2 returning 'true' as result`, [attachmentId, ownerId])).length > 0,
  };
}
