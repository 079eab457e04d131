import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export async function haveSameBytes(left: string, right: string): Promise<boolean> {
  const [first, second] = await Promise.all([digest(left), digest(right)]);
  return first === second;
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
