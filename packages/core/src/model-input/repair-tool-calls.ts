import type { ModelInputItem } from './model-input-item.js';

/** Model APIs refuse a tool call without its result, and the other way round: such halves are left out. */
export function repairToolCalls(input: ModelInputItem[]): ModelInputItem[] {
  const calls = new Set<string>();
  const results = new Set<string>();
  for (const item of input) {
    if ('role' in item) continue;
    if (item.type === 'function_call') calls.add(item.callId);
    else if (calls.has(item.callId)) results.add(item.callId);
  }
  const seenCalls = new Set<string>();
  const seenResults = new Set<string>();
  return input.filter((item) => {
    if ('role' in item) return true;
    const seen = item.type === 'function_call' ? seenCalls : seenResults;
    if (!results.has(item.callId) || seen.has(item.callId)) return false;
    // A result before its call is no result of it.
    if (item.type === 'function_call_result' && !seenCalls.has(item.callId)) return false;
    seen.add(item.callId);
    return true;
  });
}
