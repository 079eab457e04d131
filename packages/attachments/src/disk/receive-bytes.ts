import { open, rm, type FileHandle } from 'node:fs/promises';
import { checkBytes, HEAD_BYTES } from '../check-bytes.js';
import { tooLarge } from '../refusals.js';

export interface Expected {
  mimeType: string;
  maxBytes: number;
}

/** How much of what is refused is still read, so that its sender gets to see why instead of a broken connection. */
const MAX_DRAINED_BYTES = 1024 * 1024;

/**
 * Writes bytes to a new file as they come, and to the disk itself before it returns. Throws 413 as soon as there are too many, 415 as soon as they are of
 * another type; then there is no file.
 */
export async function receiveBytes(path: string, body: AsyncIterable<Uint8Array>, expected: Expected): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await writeChecked(file, body, expected);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function writeChecked(file: FileHandle, body: AsyncIterable<Uint8Array>, { mimeType, maxBytes }: Expected): Promise<void> {
  const head = new Head();
  let bytes = 0;
  let drained = 0;
  let refusal: unknown = null;
  for await (const chunk of body) {
    if (refusal !== null) {
      drained += chunk.byteLength;
      if (drained > MAX_DRAINED_BYTES) break;
      continue;
    }
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      refusal = tooLarge(maxBytes);
      continue;
    }
    if (head.add(chunk)) await checkBytes(head.bytes(), mimeType).catch((error: unknown) => (refusal = error));
    await file.write(chunk);
  }
  if (refusal !== null) throw refusal instanceof Error ? refusal : new Error('The bytes were refused.');
  if (!head.isFull) await checkBytes(head.bytes(), mimeType);
}

/** The first bytes, put together from pieces. */
class Head {
  readonly #bytes = new Uint8Array(HEAD_BYTES);
  #length = 0;

  get isFull(): boolean {
    return this.#length === HEAD_BYTES;
  }

  /** True when this piece made it full. */
  add(chunk: Uint8Array): boolean {
    if (this.isFull) return false;
    const piece = chunk.subarray(0, HEAD_BYTES - this.#length);
    this.#bytes.set(piece, this.#length);
    this.#length += piece.byteLength;
    return this.isFull;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
