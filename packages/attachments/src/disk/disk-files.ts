import { randomUUID } from 'node:crypto';
import { link, mkdir, opendir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AttachmentOf, OwnerScope } from '@chatkit-selfhost/core';
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
 * - `pending/<owner>.<id>`: a mark on every file that may be part of no message; its time is when it was announced or last about to be sent
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

  /** A message may be about to have the file: it counts as announced now. False: the clean-up was faster. */
  async renew(file: FileAddress, now: Date): Promise<boolean> {
    if ((await ifPresent(utimes(this.#mark(file), now, now).then(() => true))) === true) return true;
    return (await ifPresent(stat(this.#claimed(file)))) === null && (await this.record(file)) !== null;
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

  /** Deletes files that were announced before this and are not used, at most `limit`; takes the mark off those that are. */
  async removeOrphans({ before, limit, isUsed }: { before: Date; limit: number; isUsed: (file: AttachmentOf) => Promise<boolean> }): Promise<AttachmentOf[]> {
    await this.#removeOld('incoming', before);
    const removed: AttachmentOf[] = [];
    for await (const name of this.#oldNames('pending', before)) {
      if (removed.length >= limit) break;
      const file = addressOf(name);
      if (!file) continue;
      const record = await this.record(file);
      const attachment = record && { attachmentId: file.id, scope: record.scope };
      if (attachment && (await isUsed(attachment))) {
        await rm(join(this.#folder, 'pending', name), { force: true });
        continue;
      }
      if (!(await this.#claim(file, { name, before }))) continue;
      await this.delete(file);
      await rm(this.#claimed(file), { force: true });
      if (attachment) removed.push(attachment);
    }
    return removed;
  }

  /** Of a clean-up and a message, or two clean-ups, one gets it. What is claimed already was left by one that broke off. */
  async #claim(file: FileAddress, { name, before }: { name: string; before: Date }): Promise<boolean> {
    if (name.endsWith(REMOVING)) return true;
    if ((await ifPresent(rename(this.#mark(file), this.#claimed(file)).then(() => true))) === null) return false;
    const facts = await ifPresent(stat(this.#claimed(file)));
    if (!facts || facts.mtime < before) return true;
    // A message came in between.
    await rename(this.#claimed(file), this.#mark(file));
    return false;
  }

  async *#oldNames(folder: string, before: Date): AsyncGenerator<string, void, undefined> {
    const entries = await ifPresent(opendir(join(this.#folder, folder)));
    for await (const { name } of entries ?? []) {
      const facts = await ifPresent(stat(join(this.#folder, folder, name)));
      if (facts && facts.mtime < before) yield name;
    }
  }

  async #removeOld(folder: string, before: Date): Promise<void> {
    for await (const name of this.#oldNames(folder, before)) await rm(join(this.#folder, folder, name), { force: true });
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

  #claimed(file: FileAddress): string {
    return `${this.#mark(file)}${REMOVING}`;
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
