import { safeToLog } from '@chatkit-selfhost/core';

/**
 * The server refused a statement. It carries the SQLSTATE and no data: Postgres puts values of rows into its own messages and details,
 * and this error is likely to be logged.
 */
export class PostgresStatementError extends Error {
  /** SQLSTATE: five characters. */
  readonly code: string;

  constructor(code: string, hint?: string) {
    super(`Postgres refused a statement (SQLSTATE ${code})${hint === undefined ? '.' : `: ${hint}`}`);
    this.name = 'PostgresStatementError';
    this.code = code;
    safeToLog(this);
  }
}
