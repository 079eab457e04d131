import { threads } from './001-threads.js';
import { sessions } from './002-sessions.js';
import { history } from './003-history.js';
import { runs } from './004-runs.js';
import { threadFunctions } from './005-thread-functions.js';
import { runFunctions } from './006-run-functions.js';
import { turnFunctions } from './007-turn-functions.js';
import type { Migration } from './migration.js';

export type { Migration } from './migration.js';

/** All steps, in the order of their numbers. */
export const MIGRATIONS: readonly Migration[] = [threads, sessions, history, runs, threadFunctions, runFunctions, turnFunctions];
