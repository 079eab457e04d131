import { isId, ownerKey } from '../owner-key.js';

/** Where an attachment's objects are. */
export interface S3Keys {
  /** A note that it may be part of no message; its time is when it was announced or last about to be sent, the number at its end the size. */
  reserved: (size: number) => string;
  /** What all notes of it begin with. */
  reservedPrefix: string;
  /** Where the client puts the bytes; who has the address can change them as long as it is valid. */
  incoming: string;
  /** A clean-up is about to delete it. */
  removing: string;
  /** Bytes that were looked at; no client can write here. */
  kept: string;
}

export const FOLDERS = ['reserved', 'incoming', 'removing', 'kept'] as const;

/** Null: no attachment of ours has such an id. */
export async function s3Keys(prefix: string, id: string, ownerId: string): Promise<S3Keys | null> {
  if (!isId(id)) return null;
  return keysOf(prefix, await ownerKey(ownerId), id);
}

export function keysOf(prefix: string, owner: string, id: string): S3Keys {
  const reservedPrefix = `${prefix}reserved/${owner}/${id}.`;
  return {
    reservedPrefix,
    reserved: (size) => `${reservedPrefix}${String(size)}`,
    incoming: `${prefix}incoming/${owner}/${id}`,
    removing: `${prefix}removing/${owner}/${id}`,
    kept: `${prefix}kept/${owner}/${id}`,
  };
}

/** Reads the key of a note back. */
export function readReserved(key: string): { owner: string; id: string; size: number } | null {
  const found = /reserved\/([0-9a-f]{64})\/([A-Za-z0-9_-]{1,128})\.(\d+)$/.exec(key);
  return found?.[1] !== undefined && found[2] !== undefined ? { owner: found[1], id: found[2], size: Number(found[3]) } : null;
}
