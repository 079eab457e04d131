import { ChatKitError, safeToLog, StoreUnavailableError } from '@chatkit-selfhost/core';
import { PostgresStatementError } from './postgres-statement-error.js';

/** SQLSTATE classes that say the server can't serve now: connection, resources, shutdown or cancelled by a timeout, and system errors. */
const UNAVAILABLE_CLASSES = ['08', '28', '53', '57', '58'];
/** Lock not available in time, read-only (a replica after a failover), no such database, idle-in-transaction timeout. */
const UNAVAILABLE_CODES = ['55P03', '25006', '3D000', '25P03'];
/** Undefined table, function, column or schema. */
const NOT_MIGRATED_CODES = ['42P01', '42883', '42703', '3F000'];
/** Serialisation failure, deadlock: the transaction was undone and may be tried again. */
const RETRY_CODES = ['40001', '40P01'];

/** The SQLSTATE of an error from a Postgres client. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

export function isRetryable(error: unknown): boolean {
  return RETRY_CODES.includes(sqlState(error) ?? '');
}

/** Whether the connection can be used again after this error: only the server's own answers leave it in order. */
export function leavesConnectionUsable(error: unknown): boolean {
  const code = sqlState(error);
  return code !== undefined && !code.startsWith('08') && !code.startsWith('57P') && code !== '25006';
}

/** What a store throws for an error of the client library: nothing of it leaks a value, and an outage is told from a mistake. */
export function toStoreError(error: unknown): Error {
  if (ChatKitError.isInstance(error) || error instanceof PostgresStatementError) return error;
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return error;
  const code = sqlState(error);
  // No SQLSTATE: the socket, the pool or the time limit failed, and the server never answered.
  if (code === undefined) return new StoreUnavailableError({ cause: isOfClient(error) ? safeToLog(error) : error });
  const unavailable = UNAVAILABLE_CLASSES.includes(code.slice(0, 2)) || UNAVAILABLE_CODES.includes(code) || RETRY_CODES.includes(code);
  // What the server says of itself: of these classes no message names a value.
  if (unavailable) return new StoreUnavailableError({ cause: safeToLog(error) });
  return new PostgresStatementError(code, hintFor(code, error));
}

/** What `pg` and its pool say of a connection. Anything else without an SQLSTATE may be the app's own, with whatever it says. */
function isOfClient(error: unknown): boolean {
  return error instanceof Error && /^(?:Connection terminated|timeout (?:exceeded|expired)|Query read timeout|Client (?:was closed|has encountered)|Cannot use a pool|The server does not support SSL)/.test(error.message);
}

/** Class 42 is about the statement and the account's rights: its messages name objects of the schema, never values. */
function hintFor(code: string, error: unknown): string | undefined {
  if (!code.startsWith('42') && code !== '3F000') return undefined;
  const text = error instanceof Error ? error.message : '';
  return NOT_MIGRATED_CODES.includes(code) ? `${text} (is the schema migrated to this version?)` : text;
}
