import { ChatKitError } from '@chatkit-selfhost/core';

export function tooLarge(maxBytes: number): ChatKitError {
  return new ChatKitError({ code: 'file_too_large', message: `The file can have ${String(maxBytes)} bytes.`, status: 413 });
}

export function typeNotTaken(): ChatKitError {
  return new ChatKitError({ code: 'file_type_not_supported', message: 'Files of this type are not supported.', status: 415 });
}

export function wrongBytes(): ChatKitError {
  return new ChatKitError({ code: 'file_type_mismatch', message: 'The file is not of the type that was announced.', status: 415 });
}

export function notUploaded(name: string): ChatKitError {
  return new ChatKitError({ code: 'upload_incomplete', message: `The file "${name}" has not been uploaded.`, status: 409 });
}

/** Someone sent other bytes to an address whose bytes are there, or changed them while they were looked at. */
export function bytesChanged(): ChatKitError {
  return new ChatKitError({ code: 'already_uploaded', message: 'The file has already been uploaded.', status: 409 });
}

export function linkExpired(): ChatKitError {
  return new ChatKitError({ code: 'link_expired', message: 'This link has expired.', status: 403 });
}

export function notFound(): ChatKitError {
  return new ChatKitError({ code: 'not_found', message: 'There is nothing at this address.', status: 404 });
}
