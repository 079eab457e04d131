import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What one vector is about. */
export interface VectorFacts {
  /** Relative to the folder of vectors, with `/`. */
  file: string;
  name: string;
  source: string;
  differs: string;
  requests: Set<string>;
  events: Set<string>;
  updates: Set<string>;
  items: Set<string>;
  statuses: Set<string>;
  /** Raw events of the Responses API that it converts. */
  rawEvents: Set<string>;
}

type Json = Record<string, unknown>;

/** Every vector below a folder, in order of their paths. */
export function readVectorFacts(folder: string): VectorFacts[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => factsOf(relative('.', file).replaceAll('\\', '/'), JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json));
}

function factsOf(file: string, vector: Json): VectorFacts {
  const facts: VectorFacts = {
    file,
    name: String(vector['name']),
    source: String(vector['source']),
    differs: typeof vector['differs'] === 'string' ? vector['differs'] : '',
    requests: new Set(), events: new Set(), updates: new Set(), items: new Set(), statuses: new Set(), rawEvents: new Set(),
  };
  for (const step of objects(vector['steps'])) addStep(facts, step);
  if (vector['kind'] === 'diff') for (const update of objects(vector['expect'])) add(facts.updates, update['type']);
  if (vector['kind'] === 'convert') for (const item of objects(vector['items'])) add(facts.items, item['type']);
  return facts;
}

function addStep(facts: VectorFacts, step: Json): void {
  if (isObject(step['request'])) add(facts.requests, step['request']['type']);
  for (const op of [...objects(step['respond']), ...objects(step['action'])]) {
    const agent = op['agent'];
    if (isObject(agent)) for (const event of objects(agent['events'])) add(facts.rawEvents, event['type']);
  }
  const expect = isObject(step['expect']) ? step['expect'] : {};
  if (typeof expect['status'] === 'number') facts.statuses.add(String(expect['status']));
  const events = objects(expect['events']);
  // A rule has no expected events of its own: what its app sends is what it is about.
  const sent = events.length > 0 ? events : objects(step['respond']).flatMap((op) => (isObject(op['yield']) ? [op['yield']] : []));
  for (const event of sent) {
    add(facts.events, event['type']);
    if (isObject(event['update'])) add(facts.updates, event['update']['type']);
    if (isObject(event['item'])) add(facts.items, event['item']['type']);
  }
  for (const op of objects(step['respond'])) if (isObject(op['yield']) && isObject(op['yield']['item'])) add(facts.items, op['yield']['item']['type']);
  for (const op of objects(step['action'])) if (isObject(op['yield']) && isObject(op['yield']['item'])) add(facts.items, op['yield']['item']['type']);
  const json = expect['json'];
  if (isObject(json)) for (const item of objects(json['data'])) if ('thread_id' in item) add(facts.items, item['type']);
}

function add(names: Set<string>, name: unknown): void {
  if (typeof name === 'string') names.add(name);
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
