import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MIGRATIONS } from '../../src/migrations/index.js';
import { databaseUrl } from '../database-url.js';
import { sampleTurn } from '../samples.js';
import { temporarySchema, type TemporarySchema } from '../temporary-schema.js';
import { postgresStore } from '../../src/index.js';

const packageFolder = join(import.meta.dirname, '..', '..');
let folder = '';

/** Built as for publishing, but with core inside: its own build need not be there. */
beforeAll(async () => {
  const parent = join(packageFolder, 'node_modules');
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, '.cli-'));
  await build({
    entry: { cli: join(packageFolder, 'src/cli.ts') }, outDir: folder, format: 'esm', target: 'es2023', platform: 'node', silent: true, config: false,
    tsconfig: join(packageFolder, 'tsconfig.json'), noExternal: [/^@chatkit-selfhost\//, 'zod'], external: ['pg', '@electric-sql/pglite'],
  });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Finished {
  code: number;
  output: string;
  errors: string;
}

async function run(args: string[], environment: Record<string, string> = { DATABASE_URL: databaseUrl() }): Promise<Finished> {
  const { DATABASE_URL: _inherited, ...inherited } = process.env;
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, 'cli.js'), ...args], { env: { ...inherited, ...environment } });
    return { code: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout, errors: stderr };
  }
}

function schemaOfTest(): TemporarySchema {
  const schema = temporarySchema();
  onTestFinished(() => schema.drop());
  return schema;
}

describe('the command line', () => {
  it('migrates, and tells where a schema is', async () => {
    const { name } = schemaOfTest();
    const all = (prefix: string) => MIGRATIONS.map((step) => `${prefix} ${String(step.id)} ${step.name}\n`).join('');
    expect(await run(['status', '--schema', name])).toEqual({ code: 1, output: all('missing'), errors: '' });
    expect(await run(['migrate', '--schema', name])).toEqual({ code: 0, output: all('applied'), errors: '' });
    expect(await run(['migrate', '--schema', name])).toEqual({ code: 0, output: 'Up to date.\n', errors: '' });
    const status = await run(['status', '--schema', name]);
    expect(status.code).toBe(0);
    expect(status.output).toMatch(/^applied 1 threads \d{4}-/);
  });

  it('prints SQL that another tool can apply, without a database at hand', async () => {
    const { name, query } = schemaOfTest();
    const { code, output } = await run(['sql', '--schema', name], {});
    expect(code).toBe(0);
    await query(output);
    expect((await run(['status', '--schema', name])).code).toBe(0);
  });

  it('exports conversation_history as JSON Lines', async () => {
    const { name } = schemaOfTest();
    const store = postgresStore({ connectionString: databaseUrl(), schema: name });
    onTestFinished(async () => store.threads.close?.());
    await store.threads.setup?.();
    for (const userMessage of ['one\nline', 'two', 'three']) await store.history.add({ ownerId: 'ada' }, sampleTurn({ userMessage }));
    await store.history.add({ ownerId: 'bob' }, sampleTurn({ userMessage: 'other' }));
    const { code, output } = await run(['export', '--schema', name, '--owner', 'ada']);
    expect(code).toBe(0);
    const rows = output.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map((row) => row['user_message'])).toEqual(['one\nline', 'two', 'three']);
    await store.history.add({ ownerId: 'ada' }, sampleTurn({ userMessage: 'four', responseType: 'item_created' }));
    const typed = await run(['export', '--schema', name, '--owner', 'ada', '--type', 'item_created']);
    expect(JSON.parse(typed.output)).toMatchObject({ user_message: 'four', response_type: 'item_created' });
  });

  it('answers a wrong call with what is wrong and how to call it', async () => {
    const cases: [string[], string][] = [
      [[], 'Name one command.'], [['destroy'], 'Unknown command: destroy'], [['status', '--colour'], "Unknown option '--colour'"],
      [['export', '--from', 'yesterday'], '--from takes an ISO 8601 time'], [['sql', '--after', 'x'], '--after takes the number'],
      [['sql', '--schema', 'a b'], 'schema must be'],
    ];
    for (const [args, message] of cases) {
      const { code, output, errors } = await run(args);
      expect({ args, code, output }).toEqual({ args, code: 2, output: '' });
      expect(errors).toContain(message);
      expect(errors).toContain('Usage: npx @chatkit-selfhost/store-postgres');
    }
    expect((await run(['status'], {})).errors).toContain('DATABASE_URL is not set');
  });

  it('tells an operator why the database is not reached', async () => {
    const { code, errors } = await run(['status'], { DATABASE_URL: 'postgresql://postgres@127.0.0.1:1/postgres' });
    expect(code).toBe(1);
    expect(errors).toContain('ECONNREFUSED');
  });
});
