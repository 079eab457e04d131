import { expect, test } from 'vitest';
import { JSON_OPERATIONS, STREAMING_OPERATIONS, chatKitRequestSchema, isOperation, isStreamingOperation } from '../../src/protocol/index.js';

test('every operation has exactly one request shape', () => {
  const shapes = chatKitRequestSchema.options.map((option) => option.shape.type.value);
  expect([...shapes].sort()).toEqual([...STREAMING_OPERATIONS, ...JSON_OPERATIONS].sort());
  expect(shapes).toHaveLength(16);
});

test('six operations stream and ten answer with JSON', () => {
  expect(STREAMING_OPERATIONS.every(isStreamingOperation)).toBe(true);
  expect(JSON_OPERATIONS.some(isStreamingOperation)).toBe(false);
  expect(STREAMING_OPERATIONS).toHaveLength(6);
  expect(JSON_OPERATIONS).toHaveLength(10);
});

test.each(['constructor', '', undefined, {}])('%j is no operation', (value) => {
  expect(isOperation(value)).toBe(false);
});
