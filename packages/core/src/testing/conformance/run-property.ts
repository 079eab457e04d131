import type { Store } from '../../store/index.js';
import { Bindings } from './bindings.js';
import { isUtcTime, type Difference } from './find-difference.js';
import { lengthenModelIds } from './model-ids.js';
import { framesOf, isMinified } from './raw-body.js';
import { runSteps, type StepResult } from './run-steps.js';
import { followPages } from './follow-pages.js';
import { runTurnVector } from './run-turn-vector.js';
import { isJson, type Json, type Vector } from './vector.js';

type Rule = (results: StepResult[], vector: Vector) => Difference | null;

const RULES: Record<string, Rule> = {
  framing: (results) => firstOf(results, ({ reply }, path) => {
    const frames = reply.isStream ? framesOf(reply.text) : [];
    return frames?.every(isMinified) ? null : { path, expected: 'one minified data line a frame', actual: reply.text };
  }),
  'utc-times': (results) => firstOf(results, ({ body }, path) => {
    const wrong = valuesOf(body, 'created_at').find((value) => typeof value !== 'string' || !isUtcTime(value));
    return wrong === undefined ? null : { path, expected: 'times in UTC', actual: wrong };
  }),
  'long-ids': (results, { expect }) => firstOf(results, ({ body }, path) => {
    const wrong = generatedIds(body).find(({ kind, id }) => !isLongId(id, (expect as Json)[kind], Number((expect as Json)['random_bits'])));
    return wrong ? { path, expected: `a long id of ${wrong.kind}`, actual: wrong.id } : null;
  }),
  'no-leak': (results, { expect }) => firstOf(results, ({ reply }, path) => {
    const leaked = (expect as string[]).find((secret) => reply.text.includes(secret));
    return leaked === undefined ? null : { path, expected: `nothing of ${leaked}`, actual: reply.text };
  }),
  'same-reply': (results, { expect }) => firstOf(results, (result, path, index) => {
    const { status } = expect as { status: number };
    const twin = results[index - (index % 2)] ?? result;
    const isSame = result.reply.status === status && withoutRequestId(result) === withoutRequestId(twin);
    return isSame ? null : { path, expected: `${String(status)} ${twin.reply.text}`, actual: `${String(result.reply.status)} ${result.reply.text}` };
  }),
  'page-size': (results, { expect }) => firstOf(results, ({ body }, path, index) => {
    const wanted = (expect as number[])[index];
    const length = isJson(body) && Array.isArray(body['data']) ? body['data'].length : body;
    return length === wanted ? null : { path, expected: wanted, actual: length };
  }),
};

/** A statement about all replies of the steps, checked by its name. A rule that is not known here is a turn like any other. */
export async function runPropertyVector(given: Vector, store: Store): Promise<Difference | null> {
  if (given.property === 'paging-union') return followPages(given, store);
  const rule = Object.hasOwn(RULES, given.property ?? '') ? RULES[given.property ?? ''] : undefined;
  if (!rule) return runTurnVector(given, store);
  const { vector } = lengthenModelIds(given);
  const bindings = new Bindings();
  const results: StepResult[] = [];
  await runSteps({
    vector, store, bindings,
    check: (result) => {
      results.push(result);
      bindThread(result, bindings);
      return null;
    },
  });
  return rule(results, vector);
}

/** Later steps may speak of the thread that an earlier one made. */
function bindThread({ body }: StepResult, bindings: Bindings): void {
  const [created] = Array.isArray(body) ? (body as unknown[]) : [];
  if (isJson(created) && created['type'] === 'thread.created' && isJson(created['thread'])) bindings.bind('thread', String(created['thread']['id']));
}

function firstOf(results: StepResult[], check: (result: StepResult, path: string, index: number) => Difference | null): Difference | null {
  for (const [index, result] of results.entries()) {
    const difference = check(result, `steps[${String(index)}]`, index);
    if (difference) return difference;
  }
  return null;
}

/** Every value of a field, at every depth. */
function valuesOf(value: unknown, field: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((child) => valuesOf(child, field));
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => (key === field ? [child] : valuesOf(child, field)));
}

function generatedIds(body: unknown): { kind: string; id: unknown }[] {
  const events = Array.isArray(body) ? body.filter(isJson) : [];
  const threads = events.flatMap(({ thread }) => (isJson(thread) ? [{ kind: 'thread', id: thread['id'] }] : []));
  const messages = events.flatMap(({ item }) => (isJson(item) && item['type'] === 'user_message' ? [{ kind: 'user_message', id: item['id'] }] : []));
  const attachments = isJson(body) && 'mime_type' in body ? [{ kind: 'attachment', id: body['id'] }] : [];
  return [...threads, ...messages, ...attachments];
}

/** Hex digits carry four bits each. */
function isLongId(id: unknown, prefix: unknown, bits: number): boolean {
  return typeof id === 'string' && new RegExp(`^${String(prefix)}_[0-9a-f]{${String(Math.ceil(bits / 4))},}$`).test(id);
}

function withoutRequestId({ body }: StepResult): string {
  return JSON.stringify(isJson(body) ? { ...body, request_id: '' } : body);
}
