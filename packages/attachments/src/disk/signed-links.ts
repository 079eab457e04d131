/** What a link lets its holder do. */
export type LinkPurpose = 'upload' | 'preview' | 'download';

export interface Link {
  purpose: LinkPurpose;
  /** See `ownerKey`. */
  owner: string;
  id: string;
  /** Seconds since 1970. */
  expires: number;
}

export interface SignedLinks {
  /** What follows `/attachments`. */
  write: (link: Link) => Promise<string>;
  /** Null: not one of ours, or not for this method. Whether it has expired is for the caller to see. */
  read: (request: { method: string; path: string; query: URLSearchParams }) => Promise<Link | null>;
}

const MIN_SECRET_CHARS = 32;
const METHODS: Record<LinkPurpose, readonly string[]> = { upload: ['PUT'], preview: ['GET', 'HEAD'], download: ['GET', 'HEAD'] };

/** Links with HMAC-SHA-256 over all that they say. Several secrets: the first signs, all are good for reading. Throws a TypeError for a short one. */
export function signedLinks(secret: string | readonly string[]): SignedLinks {
  const secrets = typeof secret === 'string' ? [secret] : secret;
  if (secrets.length === 0 || secrets.some((each) => each.length < MIN_SECRET_CHARS)) throw new TypeError(`secret must have at least ${String(MIN_SECRET_CHARS)} characters.`);
  const keys = secrets.map(importKey);
  // A failure shows where a key is used.
  for (const key of keys) key.catch(() => undefined);

  return {
    write: async (link) => {
      const [key] = keys;
      if (!key) throw new TypeError('There is no secret.');
      const signature = toBase64Url(await crypto.subtle.sign('HMAC', await key, signedText(link)));
      return `/${link.owner}/${link.id}?${new URLSearchParams({ for: link.purpose, expires: String(link.expires), signature }).toString()}`;
    },
    read: async ({ method, path, query }) => {
      const found = /^\/([0-9a-f]{64})\/([A-Za-z0-9_-]{1,128})$/.exec(path);
      const [purpose, expires, signature] = ['for', 'expires', 'signature'].map((name) => (query.getAll(name).length === 1 ? query.get(name) : null));
      const bytes = fromBase64Url(signature ?? '');
      if (found?.[1] === undefined || found[2] === undefined || !isPurpose(purpose) || !/^[1-9]\d{0,11}$/.test(expires ?? '') || !bytes) return null;
      const link: Link = { purpose, owner: found[1], id: found[2], expires: Number(expires) };
      if (!METHODS[purpose].includes(method)) return null;
      for (const key of keys) {
        // Compares in constant time.
        if (await crypto.subtle.verify('HMAC', await key, bytes, signedText(link))) return link;
      }
      return null;
    },
  };
}

function importKey(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function signedText({ purpose, owner, id, expires }: Link): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(['chatkit attachment link 1', METHODS[purpose][0], purpose, owner, id, expires]));
}

function isPurpose(text: string | null | undefined): text is LinkPurpose {
  return typeof text === 'string' && Object.hasOwn(METHODS, text);
}

function toBase64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]{43}$/.test(text)) return null;
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
