import { isJson, type Json, type Op, type Vector } from './vector.js';

/** Ids that models without ids of their own give to everything, and those of Chat Completions. */
const NOT_UNIQUE = /^(__fake_id__|FAKE_ID|chatcmpl)/;
const GENUINE_LENGTH = 24;
/** Events of a message's parts name the message. */
const PART_EVENT = /^response\.(output_text|refusal)\./;

/**
 * Vectors write the ids of the Responses API short (`msg_r1`). Here each gets an id of that API's form and length in its place, because a
 * server takes over only ids that are surely unique. `back` undoes it.
 */
export function lengthenModelIds(vector: Vector): { vector: Vector; back: <T>(value: T) => T } {
  const longer = new Map<string, string>();
  for (const id of modelIdsOf(vector)) longer.set(id, `${prefixOf(id)}_${id.replace(/[^A-Za-z0-9]/g, '').padEnd(GENUINE_LENGTH, '0')}`);
  if (longer.size === 0) return { vector, back: (value) => value };
  const shorter = new Map([...longer].map(([short, long]) => [long, short]));
  const { seed, steps } = vector;
  const lengthened = { seed: replaced(seed, longer), steps: steps.map(({ expect, ...inputs }) => ({ ...replaced(inputs, longer), ...(expect ? { expect } : {}) })) };
  return { vector: { ...vector, ...lengthened }, back: (value) => replaced(value, shorter) };
}

function prefixOf(id: string): string {
  return id.startsWith('fc') ? 'fc' : 'msg';
}

function modelIdsOf({ steps }: Vector): Set<string> {
  const ids = steps.flatMap(({ respond = [], action = [] }) => [...respond, ...action]).flatMap(idsOfOp);
  return new Set(ids.filter((id) => !NOT_UNIQUE.test(id)));
}

function idsOfOp({ agent }: Op): string[] {
  if (!isJson(agent) || !Array.isArray(agent['events'])) return [];
  return agent['events'].filter(isJson).flatMap((event) => {
    const item = isJson(event['item']) ? event['item'] : {};
    const raw = isJson(item['raw_item']) ? item['raw_item'] : item;
    const isNamed = raw['type'] === 'message' || raw['type'] === 'function_call';
    const ofItem = isNamed ? raw['id'] : undefined;
    const ofPart = PART_EVENT.test(String(event['type'])) ? event['item_id'] : undefined;
    return [ofItem, ofPart].filter((id) => typeof id === 'string');
  });
}

function replaced<T>(value: T, ids: ReadonlyMap<string, string>): T {
  return replaceIn(value, ids) as T;
}

function replaceIn(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((child) => replaceIn(child, ids));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]): [string, unknown] => [key, replaceIn(child, ids)])) satisfies Json;
}
