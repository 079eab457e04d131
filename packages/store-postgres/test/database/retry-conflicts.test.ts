import { StoreUnavailableError } from '@chatkit-selfhost/core';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { poolDatabase } from '../../src/database/pool-database.js';
import { retryConflicts } from '../../src/database/retry-conflicts.js';
import { databaseUrl } from '../database-url.js';
import { temporarySchema } from '../temporary-schema.js';

const deadlock = (): Error => Object.assign(new Error('deadlock detected'), { code: '40P01' });

describe('retryConflicts', () => {
  it('runs a transaction again that lost a deadlock', async () => {
    let attempts = 0;
    const result = await retryConflicts(async () => {
      attempts++;
      if (attempts < 3) throw deadlock();
      return 'done';
    });
    expect({ result, attempts }).toEqual({ result: 'done', attempts: 3 });
  });

  it('gives up in the end, and at once for any other error', async () => {
    let attempts = 0;
    const failing = (error: Error) => retryConflicts(async () => {
      attempts++;
      throw error;
    });
    await expect(failing(deadlock())).rejects.toThrow('deadlock detected');
    expect(attempts).toBe(6);
    await expect(failing(Object.assign(new Error('duplicate'), { code: '23505' }))).rejects.toThrow('duplicate');
    expect(attempts).toBe(7);
  });
});

describe('two statements that lock rows in opposite order', () => {
  it('both get through', async () => {
    const schema = temporarySchema();
    const pool = new pg.Pool({ connectionString: databaseUrl() });
    onTestFinished(async () => {
      await pool.end();
      await schema.drop();
    });
    const rows = `${schema.name}.rows`;
    await schema.query(`create schema ${schema.name}`);
    await schema.query(`create table ${rows} (id integer primary key, hits integer not null default 0)`);
    await schema.query(`insert into ${rows} values (1), (2)`);
    await schema.query(`create function ${schema.name}.hit(p_first integer, p_second integer) returns boolean language plpgsql as $$ begin
      update ${rows} set hits = hits + 1 where id = p_first;
      perform pg_sleep(0.1);
      update ${rows} set hits = hits + 1 where id = p_second;
      return true;
    end $$`);
    const database = poolDatabase(pool);
    const hit = (first: number, second: number) => database.query(`select ${schema.name}.hit($1, $2)::text as result`, [first, second]);
    await Promise.all([hit(1, 2), hit(2, 1)]);
    expect(await schema.query(`select id, hits from ${rows} order by id`)).toEqual([{ id: 1, hits: 2 }, { id: 2, hits: 2 }]);
  });

  it('become an outage when they never get through', async () => {
    const database = poolDatabase({
      connect: async () => ({ query: () => Promise.reject(deadlock()), on: () => undefined, removeListener: () => undefined, release: () => undefined }),
      on: () => undefined,
    });
    await expect(database.query('select 1')).rejects.toBeInstanceOf(StoreUnavailableError);
  });
});
