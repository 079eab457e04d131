import type { ClientToolCallItem } from '../protocol/item.js';
import { toError } from './events.js';

export type ClientTool = (call: { name: string; params: Record<string, unknown> }) => unknown;

/**
 * Runs the page's client tool. A tool that throws, or a page without tools, still
 * yields a result, so that the server can go on: `{ error: message }`.
 */
export async function callClientTool(
  tool: ClientTool | undefined,
  call: ClientToolCallItem,
): Promise<{ result: unknown; error?: Error | undefined }> {
  if (!tool) {
    const error = new Error(`No client tool handler for "${call.name}": set the onClientTool option.`);
    return { result: { error: error.message }, error };
  }
  try {
    const result = await tool({ name: call.name, params: call.arguments });
    return { result: result ?? {} };
  } catch (thrown) {
    const error = toError(thrown);
    return { result: { error: error.message }, error };
  }
}
