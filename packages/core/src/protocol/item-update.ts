import * as z from 'zod';
import { assistantMessageContentSchema } from './content.js';
import { generatedImageSchema } from './item.js';
import { optional, wireObject } from './lenient.js';
import { annotationSchema } from './source.js';
import { widgetComponentSchema, widgetRootSchema } from './widget/node.js';
import { taskSchema } from './workflow.js';

/** One change to an item that was added and is not done. */
export const threadItemUpdateSchema = z.discriminatedUnion('type', [
  wireObject({
    type: z.literal('assistant_message.content_part.added'),
    content_index: z.int(),
    content: assistantMessageContentSchema,
  }),
  wireObject({ type: z.literal('assistant_message.content_part.text_delta'), content_index: z.int(), delta: z.string() }),
  wireObject({
    type: z.literal('assistant_message.content_part.annotation_added'),
    content_index: z.int(),
    annotation_index: z.int(),
    annotation: annotationSchema,
  }),
  wireObject({
    type: z.literal('assistant_message.content_part.done'),
    content_index: z.int(),
    content: assistantMessageContentSchema,
  }),
  wireObject({
    type: z.literal('widget.streaming_text.value_delta'),
    component_id: z.string(),
    delta: z.string(),
    done: z.boolean(),
  }),
  wireObject({ type: z.literal('widget.component.updated'), component_id: z.string(), component: widgetComponentSchema }),
  wireObject({ type: z.literal('widget.root.updated'), widget: widgetRootSchema }),
  wireObject({ type: z.literal('workflow.task.added'), task_index: z.int(), task: taskSchema }),
  wireObject({ type: z.literal('workflow.task.updated'), task_index: z.int(), task: taskSchema }),
  wireObject({ type: z.literal('generated_image.updated'), image: generatedImageSchema, progress: optional(z.number()) }),
]);
export type ThreadItemUpdate = z.output<typeof threadItemUpdateSchema>;
