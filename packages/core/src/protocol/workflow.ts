import * as z from 'zod';
import { iconNameSchema } from './icon-name.js';
import { optional } from './lenient.js';
import { fileSourceSchema, urlSourceSchema } from './source.js';

const taskFields = {
  /** Shown only inside a workflow. Default `none`. */
  status_indicator: optional(z.enum(['none', 'loading', 'complete'])),
  title: optional(z.string()),
};

/** One step that is shown to the user. */
export const taskSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('custom'),
    ...taskFields,
    icon: optional(iconNameSchema),
    content: optional(z.string()),
  }),
  z.object({
    type: z.literal('web_search'),
    ...taskFields,
    title_query: optional(z.string()),
    queries: optional(z.array(z.string())),
    sources: optional(z.array(urlSourceSchema)),
  }),
  z.object({ type: z.literal('thought'), ...taskFields, content: z.string() }),
  z.object({ type: z.literal('file'), ...taskFields, sources: optional(z.array(fileSourceSchema)) }),
  z.object({ type: z.literal('image'), ...taskFields }),
]);
export type Task = z.output<typeof taskSchema>;

/** The line a finished workflow collapses to: a title, or a duration in whole seconds. */
export const workflowSummarySchema = z.union([
  z.object({ title: z.string(), icon: optional(iconNameSchema) }),
  z.object({ duration: z.int() }),
]);
export type WorkflowSummary = z.output<typeof workflowSummarySchema>;

export const workflowSchema = z.object({
  type: z.enum(['custom', 'reasoning']),
  tasks: z.array(taskSchema),
  summary: optional(workflowSummarySchema),
  /** Default false. */
  expanded: optional(z.boolean()),
});
export type Workflow = z.output<typeof workflowSchema>;
