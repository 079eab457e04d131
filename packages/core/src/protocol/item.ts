import * as z from 'zod';
import { attachmentSchema } from './attachment.js';
import { assistantMessageContentSchema, inferenceOptionsSchema, userMessageContentSchema } from './content.js';
import { dateTimeSchema } from './date-time.js';
import { defaulted, freeFormObjectSchema, optional, wireObject } from './lenient.js';
import { structuredInputSchema } from './structured-input.js';
import { widgetRootSchema } from './widget/node.js';
import { taskSchema, workflowSchema } from './workflow.js';

export const itemFields = { id: z.string(), thread_id: z.string(), created_at: dateTimeSchema };

export const generatedImageSchema = wireObject({ id: z.string(), url: z.string() });

/** The schema of each item type. */
export const itemSchemas = {
  user_message: wireObject({
    type: z.literal('user_message'),
    ...itemFields,
    content: z.array(userMessageContentSchema),
    attachments: defaulted(z.array(attachmentSchema), () => []),
    quoted_text: optional(z.string()),
    inference_options: defaulted(inferenceOptionsSchema, () => ({})),
  }),
  assistant_message: wireObject({
    type: z.literal('assistant_message'),
    ...itemFields,
    content: z.array(assistantMessageContentSchema),
  }),
  client_tool_call: wireObject({
    type: z.literal('client_tool_call'),
    ...itemFields,
    status: defaulted(z.enum(['pending', 'completed']), () => 'pending' as const),
    call_id: z.string(),
    name: z.string(),
    arguments: freeFormObjectSchema,
    output: optional(z.unknown()),
  }),
  widget: wireObject({
    type: z.literal('widget'),
    ...itemFields,
    widget: widgetRootSchema,
    /** What the copy button copies. */
    copy_text: optional(z.string()),
  }),
  generated_image: wireObject({
    type: z.literal('generated_image'),
    ...itemFields,
    image: optional(generatedImageSchema),
  }),
  structured_input: wireObject({
    type: z.literal('structured_input'),
    ...itemFields,
    status: defaulted(z.enum(['pending', 'answered', 'skipped']), () => 'pending' as const),
    inputs: z.array(structuredInputSchema),
  }),
  task: wireObject({ type: z.literal('task'), ...itemFields, task: taskSchema }),
  workflow: wireObject({ type: z.literal('workflow'), ...itemFields, workflow: workflowSchema }),
  end_of_turn: wireObject({ type: z.literal('end_of_turn'), ...itemFields }),
  /** Context for the model alone; never sent to a client. */
  hidden_context_item: wireObject({ type: z.literal('hidden_context_item'), ...itemFields, content: z.unknown() }),
  /** Written by the engine, for the model alone; never sent to a client. */
  sdk_hidden_context: wireObject({ type: z.literal('sdk_hidden_context'), ...itemFields, content: z.string() }),
};

export type ItemType = keyof typeof itemSchemas;

/** The item of one type; for a union of types the union of their items. */
export type Item<K extends ItemType> = { [P in K]: z.output<(typeof itemSchemas)[P]> }[K];

/** Any entry of a thread. */
export type ThreadItem = Item<ItemType>;

export const threadItemSchema = z.discriminatedUnion('type', [
  itemSchemas.user_message,
  itemSchemas.assistant_message,
  itemSchemas.client_tool_call,
  itemSchemas.widget,
  itemSchemas.generated_image,
  itemSchemas.structured_input,
  itemSchemas.task,
  itemSchemas.workflow,
  itemSchemas.end_of_turn,
  itemSchemas.hidden_context_item,
  itemSchemas.sdk_hidden_context,
]);

/** Whether items of a type are for the model alone and must never reach a client. */
export function isHiddenItemType(type: string): type is 'hidden_context_item' | 'sdk_hidden_context' {
  return type === 'hidden_context_item' || type === 'sdk_hidden_context';
}
