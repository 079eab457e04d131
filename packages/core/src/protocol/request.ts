import * as z from 'zod';
import { actionSchema } from './action.js';
import { inferenceOptionsSchema, userMessageContentSchema } from './content.js';
import { defaulted, freeFormObjectSchema, optional, wireObject } from './lenient.js';
import type { Operation, StreamingOperation } from './operations.js';
import { DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT } from './page.js';
import { structuredInputAnswerSchema } from './structured-input.js';

function integerOf(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value)) return Number(value);
  return Number.NaN;
}

/** An integer, or a string that spells one. */
const integerSchema = z.unknown().transform((value, context): number => {
  const integer = integerOf(value);
  if (!Number.isNaN(integer)) return integer;
  context.addIssue({ code: 'custom', message: 'expected an integer' });
  return z.NEVER;
});

const byteSizeSchema = integerSchema.refine((size) => size >= 0, 'expected a size of 0 or more');

// Clients have been seen to ask for 9999; out of range is brought into range rather than refused.
const pageLimitSchema = defaulted(integerSchema, () => DEFAULT_PAGE_LIMIT).transform((limit) =>
  limit === 0 ? DEFAULT_PAGE_LIMIT : Math.min(Math.max(limit, 1), MAX_PAGE_LIMIT),
);

const pageFields = {
  limit: pageLimitSchema,
  order: defaulted(z.enum(['asc', 'desc']), () => 'desc' as const),
  after: optional(z.string()),
};

/** Which part of a list: of the operations that list, and of addresses that do. */
export const pageQuerySchema = wireObject(pageFields);

/** What the user sends: parts of text and tags, the ids of uploaded attachments, and the composer's choices. */
export const userMessageInputSchema = wireObject({
  content: z.array(userMessageContentSchema),
  attachments: defaulted(z.array(z.string()), () => []),
  quoted_text: optional(z.string()),
  inference_options: defaulted(inferenceOptionsSchema, () => ({})),
});
export type UserMessageInput = z.output<typeof userMessageInputSchema>;

function withoutNullEntries(answers: unknown): unknown {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return answers;
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null));
}

/** The answers to a `structured_input` item, by the id of the question. */
export const structuredInputSubmissionSchema = wireObject({
  status: defaulted(z.enum(['answered', 'skipped']), () => 'answered' as const),
  answers: defaulted(
    z.preprocess(withoutNullEntries, z.record(z.string(), structuredInputAnswerSchema)),
    () => ({}),
  ),
});
export type StructuredInputSubmission = z.output<typeof structuredInputSubmissionSchema>;

const emptyToUndefined = (value: unknown): unknown => (value === '' ? undefined : value);

const customActionParamsSchema = wireObject({
  thread_id: z.string(),
  item_id: optional(z.string()).transform(emptyToUndefined) as unknown as ReturnType<typeof optional<z.ZodString>>,
  action: actionSchema,
});

const anyJsonSchema = z.unknown().refine((value) => value !== undefined, 'expected any JSON value, null included');

const metadataField = { metadata: defaulted(freeFormObjectSchema, () => ({})) };

function operation<const T extends Operation, P extends z.ZodType>(type: T, params: P) {
  return wireObject({ type: z.literal(type), params, ...metadataField });
}

const threadParams = { thread_id: z.string() };
const itemParams = { ...threadParams, item_id: z.string() };

export const chatKitRequestSchema = z.discriminatedUnion('type', [
  operation('threads.create', wireObject({ input: userMessageInputSchema })),
  operation('threads.add_user_message', wireObject({ ...threadParams, input: userMessageInputSchema })),
  operation('threads.add_client_tool_output', wireObject({ ...threadParams, result: anyJsonSchema })),
  operation('threads.add_structured_input', wireObject({ ...itemParams, input: structuredInputSubmissionSchema })),
  operation('threads.retry_after_item', wireObject(itemParams)),
  operation('threads.custom_action', customActionParamsSchema),
  operation('threads.sync_custom_action', customActionParamsSchema),
  operation('threads.get_by_id', wireObject(threadParams)),
  operation('threads.list', wireObject(pageFields)),
  operation('threads.update', wireObject({ ...threadParams, title: z.string() })),
  operation('threads.delete', wireObject(threadParams)),
  operation('items.list', wireObject({ ...threadParams, ...pageFields })),
  operation(
    'items.feedback',
    wireObject({ ...threadParams, item_ids: z.array(z.string()), kind: z.enum(['positive', 'negative']) }),
  ),
  operation('attachments.create', wireObject({ name: z.string(), size: byteSizeSchema, mime_type: z.string() })),
  operation('attachments.delete', wireObject({ attachment_id: z.string() })),
  operation('input.transcribe', wireObject({ audio_base64: z.string(), mime_type: z.string() })),
]);

/** A request as the engine sees it: checked, defaults filled in, unknown keys gone. */
export type ChatKitRequest = z.output<typeof chatKitRequestSchema>;

/** The request of one operation. */
export type RequestOf<T extends Operation> = Extract<ChatKitRequest, { type: T }>;

/** The requests that answer with an event stream. */
export type StreamingRequest = RequestOf<StreamingOperation>;
/** The requests that answer with JSON. */
export type JsonRequest = Exclude<ChatKitRequest, StreamingRequest>;
