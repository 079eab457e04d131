import { validate } from '../standard-schema.js';
import { extractJson } from './extract-json.js';
import type { AnyReply, ResponseTypeRegistry } from './response-types.js';

/** A reply whose data has been validated: `data` is the schema's output. */
export interface ParsedReply {
  type: string;
  data: unknown;
  message?: string | undefined;
}

/** What a model gave that names a response type, or has its form, but does not fit its schema. */
export interface RejectedReply {
  type: string;
  issues: { path: string; message: string }[];
}

/** Thrown by `turn.reply` when the data does not fit; an agent's tool reports it to the model. */
export class InvalidReplyError extends Error {
  readonly type: string;
  readonly issues: { path: string; message: string }[];
  constructor({ type, issues }: RejectedReply) {
    super(`The reply does not fit the response type "${type}": ${issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`);
    this.name = 'InvalidReplyError';
    this.type = type;
    this.issues = issues;
  }
}

export interface ResponseParserOptions {
  types: ResponseTypeRegistry;
  /** Told of replies that fell back to text. */
  onRejected?: ((rejected: RejectedReply) => void) | undefined;
}

/**
 * Finds the app's response types in what a model gives: structured output, or JSON in its text (fenced or not).
 * What fits no schema stays text and is reported; nothing is ever thrown at the user.
 */
export class ResponseParser {
  readonly #types: ResponseTypeRegistry;
  readonly #onRejected: (rejected: RejectedReply) => void;

  constructor({ types, onRejected }: ResponseParserOptions) {
    this.#types = types;
    this.#onRejected = onRejected ?? (() => undefined);
  }

  /** False: nothing can ever be found, so text need not be looked at. */
  get hasTypes(): boolean {
    return Object.keys(this.#types).length > 0;
  }

  /** Validates a reply made on purpose. Throws {@link InvalidReplyError}. */
  async check(reply: AnyReply): Promise<ParsedReply> {
    const definition = this.#definition(reply.type);
    if (!definition) throw new InvalidReplyError({ type: reply.type, issues: [{ path: '', message: 'there is no such response type' }] });
    const result = await validate(definition.schema, reply.data);
    if (!result.ok) throw new InvalidReplyError({ type: reply.type, issues: result.issues });
    return { type: reply.type, data: result.value, message: reply.message };
  }

  /**
   * A model's structured output. `{ type, data, message? }` and `{ type, ...data, message? }` name their type;
   * anything else is the first registered type whose schema it fits.
   */
  async parse(output: unknown): Promise<ParsedReply | null> {
    if (typeof output === 'string') return (await this.parseText(output))?.reply ?? null;
    if (typeof output !== 'object' || output === null || !this.hasTypes) return null;
    const named = this.#named(output);
    if (named) return this.#firstFit(named.type, named.candidates, named.message);
    for (const [type, { schema }] of Object.entries(this.#types)) {
      const result = await validate(schema, output);
      if (result.ok) return { type, data: result.value };
    }
    return null;
  }

  /** JSON in a text; `rest` is the text around it. */
  async parseText(text: string): Promise<{ reply: ParsedReply; rest: string } | null> {
    if (!this.hasTypes) return null;
    const found = extractJson(text, (value) => this.#named(value) !== null);
    if (!found) return null;
    const reply = await this.parse(found.value);
    return reply && { reply, rest: found.rest };
  }

  /** Whether a text is JSON that names one of the types: data without a name may be an example that the text is about. */
  isNamed(json: string): boolean {
    try {
      const value: unknown = JSON.parse(json);
      return typeof value === 'object' && value !== null && this.#named(value) !== null;
    } catch {
      return false;
    }
  }

  /** The message for a reply that came without text of its own: what it says itself, or what its type makes of the data. */
  messageOf(reply: ParsedReply): string {
    return reply.message ?? this.#definition(reply.type)?.message?.(reply.data) ?? '';
  }

  widgetOf(reply: ParsedReply): ReturnType<NonNullable<ResponseTypeRegistry[string]['widget']>> | null {
    return this.#definition(reply.type)?.widget?.(reply.data) ?? null;
  }

  #definition(type: string): ResponseTypeRegistry[string] | undefined {
    return Object.hasOwn(this.#types, type) ? this.#types[type] : undefined;
  }

  #named(output: object): { type: string; candidates: unknown[]; message: string | undefined } | null {
    const { type, message, ...rest } = output as Record<string, unknown>;
    if (typeof type !== 'string' || !this.#definition(type)) return null;
    const candidates = 'data' in rest ? [rest['data']] : 'structured_data' in rest ? [rest['structured_data']] : [];
    return { type, candidates: [...candidates, rest, output], message: typeof message === 'string' ? message : undefined };
  }

  async #firstFit(type: string, candidates: unknown[], message: string | undefined): Promise<ParsedReply | null> {
    let issues: RejectedReply['issues'] | null = null;
    for (const candidate of candidates) {
      const definition = this.#definition(type);
      if (!definition) return null;
      const result = await validate(definition.schema, candidate);
      if (result.ok) return { type, data: result.value, message };
      issues ??= result.issues;
    }
    this.#onRejected({ type, issues: issues ?? [] });
    return null;
  }
}
