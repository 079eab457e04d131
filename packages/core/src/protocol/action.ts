import * as z from 'zod';
import { freeFormObjectSchema, optional, wireObject } from './lenient.js';

/** What a widget's control does when it is used. The client merges form values into `payload`. */
export const actionConfigSchema = wireObject({
  type: z.string(),
  payload: optional(freeFormObjectSchema),
  /** `server` (default): a request. `client`: the page's `widgets.onAction`. */
  handler: optional(z.enum(['server', 'client'])),
  loadingBehavior: optional(z.enum(['auto', 'none', 'self', 'container'])),
  /** True (default): `threads.custom_action`. False: `threads.sync_custom_action`. */
  streaming: optional(z.boolean()),
});
export type ActionConfig = z.output<typeof actionConfigSchema>;

/** An action as a client sends it. The payload is untrusted. */
export const actionSchema = wireObject({ type: z.string(), payload: optional(z.unknown()) });
export type Action = z.output<typeof actionSchema>;
