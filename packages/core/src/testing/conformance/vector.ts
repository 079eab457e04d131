/** Any JSON object. */
export type Json = Record<string, unknown>;

/** What a responder does; see conformance/README.md for every form. */
export type Op = Json;

export interface VectorStep {
  request?: Json | undefined;
  request_text?: string | undefined;
  owner?: string | undefined;
  respond?: Op[] | undefined;
  action?: Op[] | undefined;
  sync_action?: { ops?: Op[] | undefined; updated_item?: Json | null | undefined } | null | undefined;
  transcribe?: { text: string } | string | undefined;
  create_attachment?: Json | undefined;
  delete_attachment?: Json | undefined;
  feedback?: Json | undefined;
  abort_after_events?: number | undefined;
  expect?: { status?: number; events?: unknown[]; json?: unknown; raw?: string; called_with?: unknown } | undefined;
}

export interface VectorSeed {
  threads?: Json[] | undefined;
  items?: Record<string, Json[]> | undefined;
  attachments?: Json[] | undefined;
}

interface VectorOptions {
  clock?: 'frozen' | 'ticking' | undefined;
  allow_cancel?: boolean | undefined;
  stream_options_throw?: boolean | undefined;
  attachment_store?: boolean | undefined;
  delete_attachments_with_thread?: boolean | undefined;
  fill_pages?: boolean | undefined;
  store_fails_on?: { call: string; nth: number } | undefined;
}

/** One conformance vector, whatever its kind. */
export interface Vector {
  /** The file it came from, for messages and for files beside it. */
  path: string;
  kind: 'turn' | 'property' | 'diff' | 'template' | 'convert';
  name: string;
  owner: string;
  options: VectorOptions;
  seed: VectorSeed;
  steps: VectorStep[];
  expect_store?: Json | 'unchanged' | undefined;
  property?: string | undefined;
  before?: Json | undefined;
  after?: Json | undefined;
  file?: string | Json | undefined;
  data?: Json | undefined;
  converters?: { attachment?: unknown; tag?: unknown } | undefined;
  items?: Json[] | undefined;
  expect?: unknown;
  expect_error?: boolean | undefined;
  expect_input?: unknown[] | undefined;
}

const DEFAULT_OWNER = 'user-1';
const KINDS = new Set(['turn', 'property', 'diff', 'template', 'convert']);

/** A vector as read from its file, with what it may leave out. */
export function toVector(path: string, content: unknown): Vector {
  if (!isJson(content)) throw new Error('a vector is a JSON object');
  const kind = content['kind'] ?? 'turn';
  if (typeof kind !== 'string' || !KINDS.has(kind)) throw new Error(`unknown kind ${JSON.stringify(kind)}`);
  const defaults = { kind, name: path, owner: DEFAULT_OWNER, options: {}, seed: {}, steps: [] };
  // The rest is checked by use: a vector that is wrong fails with the place.
  return { ...defaults, ...content, path } as unknown as Vector;
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
