import { ChatKitError, StoreUnavailableError } from '@chatkit-selfhost/core';
import { describe, expect, it } from 'vitest';
import { PostgresStatementError } from '../../src/index.js';
import { toStoreError } from '../../src/database/to-store-error.js';
import { sampleRun, sampleSession } from '../samples.js';
import { openTestStore } from '../test-store.js';

const databaseError = (code: string, message = 'secret of a row'): Error => Object.assign(new Error(message), { code, detail: 'Key (id)=(secret) exists.' });

describe('toStoreError', () => {
  it.each(['08006', '53300', '57P01', '57014', '55P03', '25006', '40P01', '28P01', '3D000'])('takes %s for an outage', (code) => {
    expect(toStoreError(databaseError(code))).toBeInstanceOf(StoreUnavailableError);
  });

  it('takes an error of the socket for an outage', () => {
    expect(toStoreError(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))).toBeInstanceOf(StoreUnavailableError);
    expect(toStoreError(new Error('Query read timeout'))).toBeInstanceOf(StoreUnavailableError);
  });

  it('keeps nothing but the code of a refused value', () => {
    const error = toStoreError(databaseError('23505'));
    expect(error).toBeInstanceOf(PostgresStatementError);
    expect(error.message).toBe('Postgres refused a statement (SQLSTATE 23505).');
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(error) + String(error.stack)).not.toContain('secret');
  });

  it('lets the log say what the server and the client say of a connection, and nothing of what others say', () => {
    const isMarked = (error: unknown): boolean => error instanceof Error && Symbol.for('chatkit-selfhost.safe-to-log') in error;
    expect(isMarked(toStoreError(databaseError('42P01', 'relation "threads" does not exist')))).toBe(true);
    expect(isMarked(toStoreError(databaseError('28P01', 'password authentication failed for user "app"')).cause)).toBe(true);
    expect(isMarked(toStoreError(new Error('timeout exceeded when trying to connect')).cause)).toBe(true);
    expect(isMarked(toStoreError(new Error('secret of an app that wraps its pool')).cause)).toBe(false);
  });

  it('passes on what a store throws itself, and mistakes of the program', () => {
    const own = new ChatKitError({ code: 'not_found', message: 'Not found.' });
    expect(toStoreError(own)).toBe(own);
    const mistake = new TypeError('x is not a function');
    expect(toStoreError(mistake)).toBe(mistake);
  });
});

describe('a value that the tables refuse', () => {
  it('leaks nothing of itself', async () => {
    const { store } = await openTestStore();
    const run = sampleRun();
    await store.runs.start({ ownerId: 'ada' }, run);
    const session = sampleSession();
    await store.sessions.create(session);
    const failures = await Promise.allSettled([
      store.runs.start({ ownerId: 'bob' }, run),
      store.sessions.create({ ...session, id: 'ses_other' }),
    ]);
    for (const failure of failures) {
      expect(failure).toMatchObject({ status: 'rejected', reason: { name: 'PostgresStatementError', code: '23505' } });
      if (failure.status === 'rejected') expect(String(failure.reason)).not.toContain(session.tokenHash);
    }
  });
});
