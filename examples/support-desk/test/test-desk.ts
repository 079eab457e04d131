import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model } from '@openai/agents';
import { Client } from 'pg';
import { newPGliteFolder } from '../../../scripts/services/pglite-folder.ts';
import { TestClient } from '../../../test/integration/client.ts';
import type { ChosenStore } from '../src/choose-store.ts';
import { createUploads } from '../src/create-uploads.ts';
import { OfflineModel } from '../src/offline-model/offline-model.ts';
import { serveDesk, type ServedDesk } from '../src/serve-desk.ts';

/** A busy machine takes long to open an embedded Postgres. Milliseconds. */
export const STARTS_SLOWLY = 60_000;

/** Instances, folders and databases of one test file. */
export class TestDesks {
  readonly #cleanUps: (() => Promise<void>)[] = [];

  /** The whole app on a free port, as `npm start` makes it. */
  async serve(environment: Record<string, string>, { chosen, model = new OfflineModel() }: { chosen?: ChosenStore; model?: Model } = {}): Promise<ServedDesk> {
    const folder = await this.newFolder();
    const desk = await serveDesk({ environment, chosen, port: 0, model, uploads: (url) => createUploads({ folder, url, secret: 'a secret for the tests of this app' }) });
    let open = true;
    const close = async (): Promise<void> => {
      if (open) await desk.close();
      open = false;
    };
    this.#cleanUps.push(close);
    return { ...desk, close };
  }

  async newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'support-desk-'));
    this.#cleanUps.push(() => rm(folder, { recursive: true, force: true }));
    return join(folder, 'data');
  }

  /** An empty PGlite database. */
  async newDataFolder(): Promise<string> {
    const { path, remove } = await newPGliteFolder();
    this.#cleanUps.push(remove);
    return path;
  }

  /** A database of its own on the server of `DATABASE_URL`. */
  async newDatabase(): Promise<string> {
    const url = new URL(process.env['DATABASE_URL'] ?? '');
    const name = `support_desk_${crypto.randomUUID().replaceAll('-', '')}`;
    const run = async (sql: string): Promise<void> => {
      const client = new Client({ connectionString: process.env['DATABASE_URL'] });
      await client.connect();
      await client.query(sql);
      await client.end();
    };
    await run(`CREATE DATABASE ${name}`);
    this.#cleanUps.push(() => run(`DROP DATABASE ${name} WITH (FORCE)`));
    url.pathname = name;
    return url.href;
  }

  async close(): Promise<void> {
    for (const cleanUp of this.#cleanUps.reverse()) await cleanUp();
  }
}

export function clientOf(desk: { url: string }): TestClient {
  return new TestClient(`${desk.url}/agent`);
}

type Json = Record<string, unknown>;

/** The newest item of a kind; throws when there is none. */
export async function newest(client: TestClient, threadId: string, type: string): Promise<Json & { id: string }> {
  const item = (await client.items(threadId)).findLast((candidate) => candidate['type'] === type);
  if (!item) throw new Error(`There is no ${type} in the thread.`);
  return item as Json & { id: string };
}

/** The action of a widget's button, as a client reads it. */
export function buttonAction(node: unknown, label: string): { type: string; payload: Json } {
  const found = findButton(node, label);
  if (!found) throw new Error(`There is no button "${label}".`);
  return found['onClickAction'] as { type: string; payload: Json };
}

function findButton(node: unknown, label: string): Json | null {
  if (typeof node !== 'object' || node === null) return null;
  if ('label' in node && node.label === label && 'type' in node && node.type === 'Button') return node;
  for (const child of Object.values(node)) {
    const found = findButton(child, label);
    if (found) return found;
  }
  return null;
}
