/** An owner as part of an address: SHA-256 in hex, because an owner's id can be any text. */
export async function ownerKey(ownerId: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ownerId)));
}

export function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether an id may be part of an address; what may not was never given out. */
export function isId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,128}$/.test(id);
}
