import type { Store } from '../../store/index.js';
import type { Difference } from './find-difference.js';
import { loadVectors, type UnreadableVector } from './load-vectors.js';
import { runConvertVector } from './run-convert-vector.js';
import { runPropertyVector } from './run-property.js';
import { runTurnVector } from './run-turn-vector.js';
import { runDiffVector, runTemplateVector } from './run-widget-vectors.js';
import type { Vector } from './vector.js';

export interface ConformanceStore {
  name: string;
  store: Store;
}

export interface ConformanceOptions {
  /** A folder of vectors, or one vector. */
  path: string;
  /** Every vector that stores something runs on each of them. They are left empty of the vectors' owners, and open. */
  stores: ConformanceStore[];
  /** Told of each failure as it happens: one line. */
  report: (line: string) => void;
}

export interface ConformanceResult {
  passed: number;
  failed: number;
}

/**
 * Runs conformance vectors over real HTTP on each store and compares replies, calls and what is stored.
 *
 * @throws when the path can't be read, or holds no vector.
 */
export async function runConformance({ path, stores, report }: ConformanceOptions): Promise<ConformanceResult> {
  const vectors = await loadVectors(path);
  if (vectors.length === 0) throw new Error(`there is no vector in ${path}`);
  const result = { passed: 0, failed: 0 };
  const count = (name: string, problem: string | null): void => {
    if (problem === null) result.passed += 1;
    else {
      result.failed += 1;
      report(`FAILED ${name}: ${problem}`);
    }
  };
  for (const vector of vectors) {
    if ('problem' in vector) count(vector.path, vector.problem);
    else if (usesStore(vector)) await Promise.all(stores.map(async ({ name, store }) => count(`${vector.path} on ${name}`, await runVector(vector, store))));
    else count(vector.path, await runVector(vector, null));
  }
  return result;
}

function usesStore({ kind }: Exclude<Vector, UnreadableVector>): boolean {
  return kind === 'turn' || kind === 'property';
}

async function runVector(vector: Vector, store: Store | null): Promise<string | null> {
  try {
    const difference = store ? await runOnStore(vector, store) : await runAlone(vector);
    return difference && describe(difference);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function runAlone(vector: Vector): Promise<Difference | null> {
  if (vector.kind === 'diff') return runDiffVector(vector);
  return vector.kind === 'template' ? runTemplateVector(vector) : runConvertVector(vector);
}

/** Nothing is left behind: ids are the same in many vectors. */
async function runOnStore(vector: Vector, given: Store): Promise<Difference | null> {
  const store = withoutClose(given);
  try {
    const difference = await (vector.kind === 'property' ? runPropertyVector(vector, store) : runTurnVector(vector, store));
    await forget(vector, store);
    return difference;
  } catch (error) {
    // What went wrong first is what is told.
    await forget(vector, store).catch(() => undefined);
    throw error;
  }
}

async function forget({ owner, steps }: Vector, store: Store): Promise<void> {
  for (const ownerId of new Set([owner, ...steps.flatMap((step) => step.owner ?? [])])) {
    for (const part of [store.sessions, store.runs, store.threads, store.history]) await part.deleteOwner({ ownerId });
  }
}

/** Every vector has a server of its own, which would close the store with it. */
function withoutClose(store: Store): Store {
  const { threads, sessions, history, runs } = store;
  return { threads: { ...threads, close: undefined }, sessions: { ...sessions, close: undefined }, history: { ...history, close: undefined }, runs: { ...runs, close: undefined } };
}

function describe({ path, expected, actual }: Difference): string {
  return `${path}: expected ${shown(expected)}, got ${shown(actual)}`;
}

const SHOWN_CHARS = 300;

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
