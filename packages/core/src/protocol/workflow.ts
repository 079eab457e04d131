import * as z from 'zod';
import { iconNameSchema } from './icon-name.js';
import { omittable, optional, wireObject } from './lenient.js';
import { fileSourceSchema, urlSourceSchema } from './source.js';

const taskFields = {
  /** Shown only inside a workflow. Default `none`. */
  status_indicator: omittable(z.enum(['none', 'loading', 'complete']), () => 'none' as const),
  title: optional(z.string()),
};

/** One step that is shown to the user. */
export const taskSchema = z.discriminatedUnion('type', [
  wireObject({
    type: z.literal('custom'),
    ...taskFields,
    icon: optional(iconNameSchema),
    content: optional(z.string()),
  }),
  wireObject({
    type: z.literal('web_search'),
    ...taskFields,
    title_query: optional(z.string()),
    queries: omittable(z.array(z.string()), () => []),
    sources: omittable(z.array(urlSourceSchema), () => []),
  }),
  wireObject({ type: z.literal('thought'), ...taskFields, content: z.string() }),
  wireObject({ type: z.literal('file'), ...taskFields, sources: omittable(z.array(fileSourceSchema), () => []) }),
  wireObject({ type: z.literal('image'), ...taskFields }),
]);
export type Task = z.output<typeof taskSchema>;

/** The line a finished workflow collapses to: a title, or a duration in whole seconds. */
export const workflowSummarySchema = z.union([
  wireObject({ title: z.string(), icon: optional(iconNameSchema) }),
  wireObject({ duration: z.int() }),
]);
export type WorkflowSummary = z.output<typeof workflowSummarySchema>;

export const workflowSchema = wireObject({
  type: z.enum(['custom', 'reasoning']),
  tasks: z.array(taskSchema),
  summary: optional(workflowSummarySchema),
  /** Default false. */
  expanded: omittable(z.boolean(), () => false),
});
export type Workflow = z.output<typeof workflowSchema>;
