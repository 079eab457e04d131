import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { newPGliteFolder } from '../../../scripts/services/pglite-folder.ts';
import { serveShop, type Shop } from './serve-shop.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

/** A database of the test's own on the server of `DATABASE_URL`. */
async function newDatabase(): Promise<string> {
  const url = new URL(process.env['DATABASE_URL'] ?? '');
  const name = `inventory_${crypto.randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: process.env['DATABASE_URL'] });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE ${name}`);
  cleanUps.push(() => run(`DROP DATABASE ${name} WITH (FORCE)`));
  url.pathname = name;
  return url.href;
}

async function newFolder(): Promise<string> {
  const { path, remove } = await newPGliteFolder();
  cleanUps.push(remove);
  return path;
}

type Backend = [name: string, environment: () => Promise<Record<string, string>>];
const inOneProcess: Backend[] = [['PGlite, the default', async () => ({ CHATKIT_DATA: await newFolder() })]];
const onServers: Backend[] = [
  ['Postgres', async () => ({ DATABASE_URL: await newDatabase() })],
  ['Postgres and Redis', async () => ({ CHATKIT_STORE: 'postgres+redis', DATABASE_URL: await newDatabase(), REDIS_URL: process.env['REDIS_URL'] ?? '' })],
];

interface Reply {
  type: string;
  message: string;
  thread_id: string;
  structured_data?: { items?: { name: string; quantity: number }[]; total?: number; number?: number };
}

async function say(shop: Shop, session: string, message: string, threadId?: string): Promise<Reply> {
  const response = await shop.post('/chat', { session_id: session, message, ...(threadId === undefined ? {} : { thread_id: threadId }) });
  expect(response.status).toBe(200);
  return (await response.json()) as Reply;
}

async function history(shop: Shop, session: string): Promise<string[]> {
  const response = await fetch(`${shop.url}/agent/history?order=asc`, { headers: { 'x-chatkit-session': session } });
  return ((await response.json()) as { data: { user_message: string }[] }).data.map((turn) => turn.user_message);
}

describe.each([...inOneProcess, ...onServers])('the shop on %s', (_name, environmentOf) => {
  it('survives a restart with sessions, threads, history and stock intact', async () => {
    const environment = await environmentOf();
    const before = await serveShop(environment);
    const session = await before.newSession();
    await say(before, session, 'Add 10kg sugar at 150');
    const bill = await say(before, session, 'Create a bill for Ali: 2kg sugar');
    expect(bill.structured_data?.total).toBe(300);
    await before.close();

    const after = await serveShop(environment);
    expect(await history(after, session)).toEqual(['Add 10kg sugar at 150', 'Create a bill for Ali: 2kg sugar']);
    const list = await say(after, session, 'Show inventory');
    expect(list.thread_id).toBe(bill.thread_id);
    expect(list.structured_data?.items).toMatchObject([{ name: 'sugar', quantity: 8 }]);
    expect((await say(after, session, 'what did I just ask you?')).message).toContain('Show inventory');
    await after.close();
    // Two starts of PGlite take their time on a busy machine.
  }, 60_000);

});

describe.each(onServers)('the shop on %s', (_name, environmentOf) => {
  it('serves from two instances side by side, and sells nothing twice', async () => {
    const environment = await environmentOf();
    const [first, second] = [await serveShop(environment), await serveShop(environment)];
    const session = await first.newSession();
    await say(first, session, 'Add 5kg tea at 10');
    expect((await say(second, session, 'how much tea is left?')).message).toContain('5 kg');
    expect((await say(second, session, 'what did I just ask you?')).message).toContain('how much tea is left?');

    const clerks = await Promise.all(Array.from({ length: 8 }, async (_, index) => ({ shop: index % 2 === 0 ? first : second, session: await first.newSession() })));
    const bills = await Promise.all(clerks.map((clerk) => say(clerk.shop, clerk.session, 'Create a bill for Ali: 1kg tea')));
    const written = bills.filter((reply) => reply.type === 'bill_created');
    expect(written).toHaveLength(5);
    expect(new Set(written.map((reply) => reply.structured_data?.number)).size).toBe(5);
    expect(bills.filter((reply) => reply.message.startsWith('There is not enough tea'))).toHaveLength(3);
    await Promise.all([first.close(), second.close()]);
  }, 60_000);
});

it('refuses a second process on a PGlite folder, naming it', async () => {
  const environment = { CHATKIT_DATA: await newFolder() };
  const shop = await serveShop(environment);
  await expect(serveShop(environment)).rejects.toThrow(environment.CHATKIT_DATA);
  await shop.close();
}, 60_000);
