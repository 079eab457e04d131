import type { Intent } from './parse-intent.ts';

export const HELP =
  'You can say “Add 10kg sugar at 150”, “Create a bill for Ali: 2kg sugar”, “How much sugar is left?”, “Show inventory”, “Find tea” or “What is running low?”.';

/** The tool that does what is asked for; null when there is nothing to do. */
export function toolCall(intent: Intent): { name: string; arguments: Record<string, unknown> } | null {
  switch (intent.type) {
    case 'add':
      return { name: 'add_item', arguments: { name: intent.amount.name, quantity: intent.amount.quantity, unit: intent.amount.unit ?? null, price: intent.price ?? null } };
    case 'bill':
      return {
        name: 'create_bill',
        arguments: { customer: intent.customer, lines: intent.lines.map(({ name, quantity, unit }) => ({ name, quantity, unit: unit ?? null })) },
      };
    case 'quantity':
      return { name: 'search_inventory', arguments: { text: intent.name } };
    case 'search':
      return { name: 'search_inventory', arguments: { text: intent.text } };
    case 'list':
      return { name: 'list_inventory', arguments: {} };
    case 'low_stock':
      return { name: 'low_stock_report', arguments: {} };
    case 'recall':
    case 'greeting':
    case 'unknown':
      return null;
  }
}

/** What a tool said, as the assistant says it: over MCP the same text comes inside of the tool's JSON. */
export function toolReply(output: unknown): string {
  const text = textOf(output);
  try {
    const parsed = JSON.parse(text) as { text?: unknown } | null;
    return typeof parsed?.text === 'string' ? parsed.text : text;
  } catch {
    return text;
  }
}

export function recallReply(previous: string | null): string {
  return previous === null ? 'You have not asked me anything before this.' : `You asked: “${previous}”`;
}

function textOf(output: unknown): string {
  if (typeof output === 'string') return output;
  if (Array.isArray(output)) return output.map(textOf).join('');
  return typeof output === 'object' && output !== null && 'text' in output && typeof output.text === 'string' ? output.text : '';
}
