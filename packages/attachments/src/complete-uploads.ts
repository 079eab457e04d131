import type { OwnerScope, Uploads } from '@chatkit-selfhost/core';

type Complete = 'begin' | 'store' | 'prepare' | 'refresh' | 'read' | 'delete' | 'removeOrphans' | 'deleteOwner';

/** `Uploads` with what is optional there, and addresses for downloads. */
export type CompleteUploads = { [K in Complete]: NonNullable<Uploads[K]> } & {
  /** A short-lived address that downloads the file. Null: there are no bytes, or they are another's. */
  downloadUrl: (query: { attachmentId: string }, scope: OwnerScope) => Promise<string | null>;
};
