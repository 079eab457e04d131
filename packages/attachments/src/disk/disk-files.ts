import { randomUUID } from 'node:crypto';
import { link, mkdir, opendir, readFile, readdir, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { OwnerScope } from '@chatkit-selfhost/core';
import type { Usage } from '../owner-quota.js';
import { hasCode, ifPresent } from './file-errors.js';

/** What is known of a file beside its bytes. */
export interface FileRecord {
  name: string;
  mimeType: string;
  /** As announced: the bytes have at most as many. */
  size: number;
  scope: OwnerScope;
}

export interface FileAddress {
  /** See `ownerKey`. */
  owner: string;
  id: string;
}

/**
 * Files below one folder:
 *
 * - `owners/<2 digits>/<owner>/<id>.json` and `<id>.bytes`: the record, and the bytes once they are whole
 * - `pending/<owner>.<id>`: a mark on every file that was never part of a message; its time is when the file was announced
 * - `incoming/`: bytes on their way
 *
 * Owners are hashes and ids checked, so no name of a user is ever part of a path.
 */
export class DiskFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  async announce(file: FileAddress, record: FileRecord, now: Date): Promise<void> {
    await mkdir(dirname(this.#record(file)), { recursive: true });
    await mkdir(join(this.#folder, 'pending'), { recursive: true });
    // The mark first: what is left by a failure in between is found by the clean-up.
    await writeFile(this.#mark(file), '');
    await utimes(this.#mark(file), now, now);
    await this.#writeWhole(this.#record(file), JSON.stringify(record));
  }

  async record(file: FileAddress): Promise<FileRecord | null> {
    const text = await ifPresent(readFile(this.#record(file), 'utf8'));
    return text === null ? null : (JSON.parse(text) as FileRecord);
  }

  bytesPath({ owner, id }: FileAddress): string {
    return join(this.#ownerFolder(owner), `${id}.bytes`);
  }

  /** Size of the bytes; null: not there. */
  async size(file: FileAddress): Promise<number | null> {
    return (await ifPresent(stat(this.bytesPath(file))))?.size ?? null;
  }

  async newIncoming(): Promise<string> {
    await mkdir(join(this.#folder, 'incoming'), { recursive: true });
    return join(this.#folder, 'incoming', randomUUID());
  }

  /** Makes whole bytes the file's own, once and for all: false when it has some already. Null: there is no such file any more. */
  async keep(file: FileAddress, incoming: string): Promise<boolean | null> {
    try {
      await link(incoming, this.bytesPath(file));
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
    if (await this.record(file)) return true;
    // Deleted while the bytes were on their way.
    await rm(this.bytesPath(file), { force: true });
    return null;
  }

  /** Takes the mark off: the file is part of a message. False: the clean-up was faster. */
  async use(file: FileAddress): Promise<boolean> {
    if ((await ifPresent(unlink(this.#mark(file)).then(() => true))) === true) return true;
    return (await ifPresent(stat(`${this.#mark(file)}${REMOVING}`))) === null && (await this.record(file)) !== null;
  }

  async usage(owner: string): Promise<Usage> {
    const names = (await ifPresent(readdir(this.#ownerFolder(owner)))) ?? [];
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const sizes = await Promise.all(ids.map(async (id) => (await this.size({ owner, id })) ?? (await this.record({ owner, id }))?.size ?? 0));
    return { files: ids.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  async delete(file: FileAddress): Promise<void> {
    await rm(this.#record(file), { force: true });
    await rm(this.bytesPath(file), { force: true });
    await rm(this.#mark(file), { force: true });
  }

  async deleteOwner(owner: string): Promise<void> {
    for (const name of (await ifPresent(readdir(join(this.#folder, 'pending')))) ?? []) {
      if (name.startsWith(`${owner}.`)) await rm(join(this.#folder, 'pending', name), { force: true });
    }
    await rm(this.#ownerFolder(owner), { recursive: true, force: true });
  }

  /** Deletes files that were announced before this and never used, at most `limit`. */
  async removeOrphans({ before, limit }: { before: Date; limit: number }): Promise<{ attachmentId: string; scope: OwnerScope }[]> {
    await this.#removeOld('incoming', before);
    const removed: { attachmentId: string; scope: OwnerScope }[] = [];
    for (const name of await this.#oldNames('pending', before, limit)) {
      const file = addressOf(name);
      if (!file) continue;
      const claimed = `${this.#mark(file)}${REMOVING}`;
      // Of a clean-up and a message, or two clean-ups, one gets it. What is claimed already was left by one that broke off.
      if (!name.endsWith(REMOVING) && (await ifPresent(rename(this.#mark(file), claimed).then(() => true))) === null) continue;
      const record = await this.record(file);
      await this.delete(file);
      await rm(claimed, { force: true });
      if (record) removed.push({ attachmentId: file.id, scope: record.scope });
    }
    return removed;
  }

  async #oldNames(folder: string, before: Date, limit: number): Promise<string[]> {
    const names: string[] = [];
    const entries = await ifPresent(opendir(join(this.#folder, folder)));
    if (!entries) return names;
    for await (const { name } of entries) {
      const facts = await ifPresent(stat(join(this.#folder, folder, name)));
      if (facts && facts.mtime < before) names.push(name);
      if (names.length >= limit) break;
    }
    return names;
  }

  async #removeOld(folder: string, before: Date): Promise<void> {
    for (const name of await this.#oldNames(folder, before, Infinity)) await rm(join(this.#folder, folder, name), { force: true });
  }

  /** A reader sees all of it or nothing. */
  async #writeWhole(path: string, text: string): Promise<void> {
    const incoming = await this.newIncoming();
    await writeFile(incoming, text);
    await rename(incoming, path);
  }

  #ownerFolder(owner: string): string {
    return join(this.#folder, 'owners', owner.slice(0, 2), owner);
  }

  #record({ owner, id }: FileAddress): string {
    return join(this.#ownerFolder(owner), `${id}.json`);
  }

  #mark({ owner, id }: FileAddress): string {
    return join(this.#folder, 'pending', `${owner}.${id}`);
  }
}

const REMOVING = '.removing';

function addressOf(mark: string): FileAddress | null {
  const [owner, id] = mark.split('.');
  return owner !== undefined && id !== undefined && id !== '' ? { owner, id } : null;
}
