import { randomHex, toHex } from '../store/index.js';

/** `session-<epoch milliseconds>-<32 hex digits>`: 128 random bits. */
const TOKEN = /^session-\d{1,16}-[0-9a-f]{32}$/;

export function newSessionToken(now: Date): string {
  return `session-${String(now.getTime())}-${randomHex(16)}`;
}

/** Whether a text has the form of a token at all: what has not is never looked up. */
export function isSessionToken(text: string): boolean {
  return TOKEN.test(text);
}

/** SHA-256 in hex: all that stores ever see of a token. */
export async function hashToken(token: string): Promise<string> {
  return sha256(token);
}

/** The thread of a session for clients that name none: follows from the session, so that racing first messages agree on it. */
export async function currentThreadId(sessionId: string): Promise<string> {
  return `thr_${(await sha256(`current thread of ${sessionId}`)).slice(0, 32)}`;
}

/** In hex. */
export async function sha256(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
