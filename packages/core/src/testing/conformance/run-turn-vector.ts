import type { Store } from '../../store/index.js';
import { Bindings } from './bindings.js';
import { findDifference, type Difference } from './find-difference.js';
import { lengthenModelIds } from './model-ids.js';
import { differenceOfRaw } from './raw-body.js';
import { runSteps, type StepResult } from './run-steps.js';
import { completeSeed } from './seed.js';
import { seededContents, storeContents } from './store-contents.js';
import { isJson, type Json, type Vector, type VectorStep } from './vector.js';

/** Runs the steps of a turn and compares the replies, what the app's functions were given, and what is stored. */
export async function runTurnVector(given: Vector, store: Store): Promise<Difference | null> {
  const { vector, back } = lengthenModelIds(given);
  const bindings = new Bindings();
  const attachmentIds = completeSeed(vector.seed).attachments.map(({ id }) => id);
  const difference = await runSteps<Difference>({
    vector, store, bindings,
    check: (result, index) => {
      if (isJson(result.body) && typeof result.body['id'] === 'string' && 'mime_type' in result.body) attachmentIds.push(result.body['id']);
      return differenceOfStep(vector.steps[index]?.expect ?? {}, { ...result, body: back(result.body), calledWith: back(result.calledWith) }, { bindings, path: `steps[${String(index)}]` });
    },
  });
  if (difference || vector.expect_store === undefined) return difference;
  const contents = await storeContents(store, { ownerId: vector.owner }, attachmentIds);
  return vector.expect_store === 'unchanged'
    ? findDifference(plain(back(seededContents(completeSeed(vector.seed)))), back(contents), bindings, 'store')
    : differenceOfStore(vector.expect_store, back(contents) as unknown as Json, bindings);
}

interface Place {
  bindings: Bindings;
  path: string;
}

function differenceOfStep(expect: NonNullable<VectorStep['expect']>, { reply, body, calledWith }: StepResult, { bindings, path }: Place): Difference | null {
  if (expect.status !== undefined && expect.status !== reply.status) {
    return { path: `${path}.status`, expected: expect.status, actual: `${String(reply.status)} ${reply.text.slice(0, 200)}` };
  }
  if (expect.raw !== undefined) return differenceOfRaw(expect.raw, reply.text, { bindings, path: `${path}.raw` });
  if (expect.events !== undefined) {
    const difference = findDifference(expect.events, reply.isStream ? body : reply.text, bindings, `${path}.events`);
    if (difference) return difference;
  }
  if ('json' in expect) {
    const difference = findDifference(expect.json, body, bindings, `${path}.json`);
    if (difference) return difference;
  }
  return 'called_with' in expect ? differenceOfCall(expect.called_with, calledWith, { bindings, path: `${path}.called_with` }) : null;
}

/** A function may be given more than the vector speaks of. */
function differenceOfCall(expected: unknown, actual: Json | null, { bindings, path }: Place): Difference | null {
  if (!isJson(expected) || !actual) return findDifference(expected, actual, bindings, path);
  const spokenOf = Object.fromEntries(Object.entries(actual).filter(([key]) => key in expected));
  return findDifference(expected, spokenOf, bindings, path);
}

const EMPTY_STORE = { threads: [], items: {}, attachments: [] };

/** Parts that are not spoken of may hold anything; `{}` is a store that holds nothing. */
function differenceOfStore(expected: Json, actual: Json, bindings: Bindings): Difference | null {
  const parts = Object.entries(Object.keys(expected).length === 0 ? EMPTY_STORE : expected);
  for (const [part, wanted] of parts) {
    const difference = findDifference(wanted, actual[part], bindings, `store.${part}`);
    if (difference) return difference;
  }
  return null;
}

function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
