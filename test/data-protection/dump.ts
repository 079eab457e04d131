import type { Redis } from 'ioredis';

/** All that is stored, as readable lines, below the name of the table or key it is in. */
export type Dump = Record<string, string[]>;

export type PostgresQuery = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** Every row of every table of a schema. */
export async function dumpSchema(query: PostgresQuery, schema: string): Promise<Dump> {
  const tables = await query('select tablename as name from pg_tables where schemaname = $1 order by 1', [schema]);
  const dump: Dump = {};
  for (const { name } of tables.rows as { name: string }[]) {
    const { rows } = await query(`select to_jsonb(t)::text as line from "${schema}"."${name}" t order by 1`, []);
    dump[name] = (rows as { line: string }[]).map(({ line }) => line);
  }
  return dump;
}

/** Every key below a prefix, and what it holds. */
export async function dumpKeys(client: Redis, prefix: string): Promise<Dump> {
  const names = new Set<string>();
  for await (const batch of client.scanStream({ match: `${prefix}*`, count: 1_000 })) for (const name of batch as string[]) names.add(name);
  const dump: Dump = {};
  for (const name of [...names].sort()) dump[name] = await readKey(client, name);
  return dump;
}

async function readKey(client: Redis, name: string): Promise<string[]> {
  const type = await client.type(name);
  switch (type) {
    case 'string': return [await client.get(name) ?? ''];
    case 'hash': return Object.entries(await client.hgetall(name)).map((entry) => entry.join(' ')).sort();
    case 'set': return (await client.smembers(name)).sort();
    case 'zset': return client.zrange(name, '0', '-1', 'WITHSCORES');
    case 'stream': return (await client.xrange(name, '-', '+')).map(([id, fields]) => [id, ...fields].join(' '));
    default: throw new Error(`The dump doesn't know what a ${type} is: ${name}`);
  }
}

/** The lines of a dump that name one of these words, with where they are. */
export function linesWith(dump: Dump, words: string[]): string[] {
  return Object.entries(dump).flatMap(([name, lines]) => [name, ...lines.map((line) => `${name}: ${line}`)])
    .filter((line) => words.some((word) => line.includes(word)));
}
