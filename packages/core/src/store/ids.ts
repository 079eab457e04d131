/** What ids begin with, as the official server's do. */
export const ID_PREFIXES = {
  thread: 'thr',
  message: 'msg',
  tool_call: 'tc',
  task: 'tsk',
  workflow: 'wf',
  attachment: 'atc',
  sdk_hidden_context: 'shcx',
  run: 'run',
  session: 'ses',
  approval: 'apr',
  request: 'req',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** `<prefix>_<32 hex digits>`: 128 random bits of Web Crypto. */
export function newId(kind: IdKind): string {
  return `${ID_PREFIXES[kind]}_${randomHex(16)}`;
}

/** Lowercase hex of this many random bytes. */
export function randomHex(bytes: number): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)));
}

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
