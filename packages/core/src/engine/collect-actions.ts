import type { ActionDefinition } from './actions.js';
import type { ActionHandler } from './engine.js';

/** Definitions and handlers by action type. Throws when a handler is missing: better at start than at a click. */
export function collectActions(
  actions: Record<string, { readonly definition: ActionDefinition }>, handlers: Record<string, ActionHandler['handle']>,
): Map<string, ActionHandler> {
  return new Map(
    Object.entries(actions).map(([type, { definition }]) => {
      const handle = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
      if (!handle) throw new TypeError(`onAction has no handler for the action "${type}".`);
      return [type, { definition, handle }];
    }),
  );
}
