import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ModelInputItem } from '../../src/index.js';
import { repairToolCalls } from '../../src/model-input/repair-tool-calls.js';
import { user } from './sample-conversion.js';

const call = (callId: string): ModelInputItem => ({ type: 'function_call', callId, name: 'f', arguments: '{}', status: 'completed' });
const result = (callId: string): ModelInputItem => ({ type: 'function_call_result', callId, name: 'f', output: '', status: 'completed' });

it('keeps whole calls, leaves out halves and repetitions', () => {
  expect(repairToolCalls([user('x'), call('a'), call('b'), result('a'), result('c')])).toEqual([user('x'), call('a'), result('a')]);
  expect(repairToolCalls([result('a'), call('a')])).toEqual([]);
  expect(repairToolCalls([call('a'), call('a'), result('a'), result('a')])).toEqual([call('a'), result('a')]);
});

it('never leaves a call without its result, nor the other way round, and touches nothing else', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const entry = fc.oneof(id.map(call), id.map(result), fc.string().map(user));
  fc.assert(fc.property(fc.array(entry, { maxLength: 20 }), (input) => {
    const repaired = repairToolCalls(input);
    const open = new Set<string>();
    const closed = new Set<string>();
    for (const item of repaired) {
      if ('role' in item) continue;
      if (item.type === 'function_call') {
        expect(open.has(item.callId) || closed.has(item.callId)).toBe(false);
        open.add(item.callId);
      } else {
        expect(open.delete(item.callId)).toBe(true);
        closed.add(item.callId);
      }
    }
    expect([...open]).toEqual([]);
    expect(repaired.filter((item) => 'role' in item)).toEqual(input.filter((item) => 'role' in item));
    expect(repairToolCalls(repaired)).toEqual(repaired);
  }), { numRuns: 1_000 });
});
