import type { OwnerScope, Store } from '../../store/index.js';
import type { Bindings } from './bindings.js';
import { completeSeed, writeSeed } from './seed.js';
import { sendRequest, type Reply } from './send-request.js';
import { serveFetch } from './serve-fetch.js';
import { isJson, type Json, type Vector, type VectorStep } from './vector.js';
import { createVectorApp } from './vector-app.js';

/** What came of one step. */
export interface StepResult {
  reply: Reply;
  /** The frames of a stream, or the one reply as JSON (undefined: it is none). */
  body: unknown;
  calledWith: Json | null;
}

export interface RunStepsOptions<T> {
  vector: Vector;
  store: Store;
  bindings: Bindings;
  /** Sees each result before the next step's request is made. What it returns, unless null, ends the run. */
  check: (result: StepResult, index: number) => T | null;
}

/** How long a run may go on after its reader is gone. */
const SETTLE_MS = 5_000;

/** Seeds the store, makes the vector's requests over HTTP, one after the other, and leaves what they made in the store. */
export async function runSteps<T>({ vector, store, bindings, check }: RunStepsOptions<T>): Promise<T | null> {
  const app = createVectorApp(vector, store);
  await using chatkit = app.chatkit;
  await chatkit.ready();
  const seed = completeSeed(vector.seed);
  await writeSeed(store, { ownerId: vector.owner }, seed);
  await using server = await serveFetch(chatkit.fetch);
  const threadIds = new Set(seed.threads.map(({ id }) => id));
  for (const [index, unfilled] of vector.steps.entries()) {
    const { expect, ...inputs } = unfilled;
    const step: VectorStep = { ...bindings.fill(inputs), ...(expect ? { expect } : {}) };
    const scope = { ownerId: step.owner ?? vector.owner };
    const timing = app.begin(step, scope);
    const body = step.request_text ?? JSON.stringify(step.request);
    const reply = await sendRequest({ url: server.url, owner: scope.ownerId, body, timing, leavesAfter: step.abort_after_events ?? step.expect?.events?.length });
    const result: StepResult = { reply, body: readBody(reply, timing.clientLeft.happened ? step.abort_after_events : undefined), calledWith: app.calledWith() };
    for (const id of threadsOf(result.body)) threadIds.add(id);
    await settle(store, scope, threadIds);
    const found = check(result, index);
    if (found !== null) return found;
  }
  return null;
}

function readBody({ isStream, text }: Reply, frames: number | undefined): unknown {
  if (!isStream) return parse(text);
  const events = text.split('\n\n').slice(0, -1).map((frame) => parse(frame.replace(/^data: /, '')));
  return frames === undefined ? events : events.slice(0, frames);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function threadsOf(body: unknown): string[] {
  return (Array.isArray(body) ? body : []).flatMap((event) => (isJson(event) && event['type'] === 'thread.created' && isJson(event['thread']) ? [String(event['thread']['id'])] : []));
}

/** A reader's end and a run's end are two things: the next step, and the look into the store, come after both. */
async function settle(store: Store, scope: OwnerScope, threadIds: ReadonlySet<string>): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  for (const threadId of threadIds) {
    while (await store.runs.getActive(scope, { threadId })) {
      if (Date.now() > deadline) throw new Error(`the run of ${threadId} does not end`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
