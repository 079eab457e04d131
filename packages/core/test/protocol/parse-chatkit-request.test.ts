import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JSON_OPERATIONS, STREAMING_OPERATIONS, parseChatKitRequest } from '../../src/protocol/index.js';
import type { Operation } from '../../src/protocol/index.js';
import { anyCharacter } from '../../src/testing/any-character.js';
import { minimalBodies, parsedRequests } from './example-requests.js';

const operations: Operation[] = [...STREAMING_OPERATIONS, ...JSON_OPERATIONS];

function problemOf(body: unknown): string {
  const parsed = parseChatKitRequest(body);
  return parsed.ok ? 'accepted' : `${parsed.path}: ${parsed.message}`;
}

function withParams(operation: Operation, change: Record<string, unknown>): unknown {
  const body = minimalBodies[operation];
  return { ...body, params: { ...body.params, ...change } };
}

function withInput(change: Record<string, unknown>): unknown {
  return withParams('threads.create', { input: { content: [], ...change } });
}

test.each(operations)('%s is understood', (operation) => {
  expect(parseChatKitRequest(minimalBodies[operation])).toStrictEqual({ ok: true, request: parsedRequests[operation] });
});

test.each(operations)('%s without params is refused', (operation) => {
  expect(problemOf({ type: operation })).toBe('params: expected object');
  expect(problemOf({ type: operation, params: null })).toBe('params: expected object');
});

test.each<[Operation, Record<string, unknown>, string]>([
  ['threads.create', { input: { content: [{ type: 'input_text' }] } }, 'params.input.content[0].text: expected string'],
  ['threads.create', { input: { content: [{ type: 'input_image' }] } }, 'params.input.content[0].type: expected one of "input_text", "input_tag"'],
  ['threads.create', { input: { content: [{ type: 'input_tag', text: 'x' }] } }, 'params.input.content[0].id: expected string'],
  ['threads.create', { input: { content: 'Hi' } }, 'params.input.content: expected array'],
  ['threads.create', { input: { content: [], attachments: [{}] } }, 'params.input.attachments[0]: expected string'],
  ['threads.create', { input: { content: [], inference_options: { tool_choice: {} } } }, 'params.input.inference_options.tool_choice.id: expected string'],
  ['threads.add_user_message', { thread_id: undefined }, 'params.thread_id: expected string'],
  ['threads.add_user_message', { input: undefined }, 'params.input: expected object'],
  ['threads.add_client_tool_output', { result: undefined }, 'params.result: expected any JSON value, null included'],
  ['threads.add_structured_input', { input: { status: 'maybe' } }, 'params.input.status: expected one of "answered", "skipped"'],
  ['threads.add_structured_input', { input: { answers: { prio: { values: [1] } } } }, 'params.input.answers.prio.values[0]: expected string'],
  ['threads.add_structured_input', { input: { answers: [] } }, 'params.input.answers: expected object'],
  ['threads.retry_after_item', { item_id: undefined }, 'params.item_id: expected string'],
  ['threads.custom_action', { action: { payload: {} } }, 'params.action.type: expected string'],
  ['threads.custom_action', { item_id: 7 }, 'params.item_id: expected string'],
  ['threads.sync_custom_action', { action: null }, 'params.action: expected object'],
  ['threads.get_by_id', { thread_id: 5 }, 'params.thread_id: expected string'],
  ['threads.list', { order: 'newest' }, 'params.order: expected one of "asc", "desc"'],
  ['threads.list', { limit: 1.5 }, 'params.limit: expected an integer'],
  ['threads.list', { limit: 'many' }, 'params.limit: expected an integer'],
  ['threads.list', { limit: [] }, 'params.limit: expected an integer'],
  ['threads.update', { title: null }, 'params.title: expected string'],
  ['threads.delete', { thread_id: undefined }, 'params.thread_id: expected string'],
  ['items.list', { thread_id: undefined }, 'params.thread_id: expected string'],
  ['items.feedback', { kind: 'meh' }, 'params.kind: expected one of "positive", "negative"'],
  ['items.feedback', { item_ids: null }, 'params.item_ids: expected array'],
  ['attachments.create', { size: 'big' }, 'params.size: expected an integer'],
  ['attachments.create', { size: undefined }, 'params.size: expected an integer'],
  ['attachments.create', { size: -1 }, 'params.size: expected a size of 0 or more'],
  ['attachments.delete', { attachment_id: undefined }, 'params.attachment_id: expected string'],
  ['input.transcribe', { mime_type: undefined }, 'params.mime_type: expected string'],
])('%s with %j is refused with "%s"', (operation, change, problem) => {
  expect(problemOf(withParams(operation, change))).toBe(problem);
});

describe('a body that is no request', () => {
  test.each([[null], [[]], ['threads.list'], [5], [undefined]])('%j is refused as no object', (body) => {
    expect(problemOf(body)).toBe(': expected a JSON object');
  });

  test.each([[{}], [{ type: null }], [{ type: 'threads.rename' }], [{ type: ['threads.list'] }], [{ type: 'toString' }]])(
    '%j is refused with the list of operations',
    (body) => {
      expect(problemOf(body)).toBe(`type: expected one of ${operations.join(', ')}`);
    },
  );

  test('a refusal repeats nothing that the client sent', () => {
    const secret = 'my secret text';
    const bodies = [
      withInput({ content: [{ type: secret, text: secret }] }),
      withInput({ content: [secret], [secret]: secret }),
      withParams('threads.add_structured_input', { input: { answers: { [secret]: { values: secret } } } }),
      { type: secret, params: { secret } },
      withParams('threads.list', { limit: secret, order: secret }),
    ];
    for (const body of bodies) {
      const problem = problemOf(body);
      expect(problem).not.toBe('accepted');
      expect(problem).not.toContain(secret);
    }
  });
});

test('unknown keys are dropped at every level', () => {
  const parsed = parseChatKitRequest({
    type: 'threads.create',
    session_id: 's',
    params: {
      extra: 1,
      input: {
        extra: 1,
        content: [{ type: 'input_text', text: 'Hi', extra: 1 }],
        inference_options: { model: 'm', extra: 1, tool_choice: { id: 't', extra: 1 } },
      },
    },
  });
  expect(parsed).toStrictEqual({
    ok: true,
    request: {
      type: 'threads.create',
      params: {
        input: {
          content: [{ type: 'input_text', text: 'Hi' }],
          attachments: [],
          inference_options: { model: 'm', tool_choice: { id: 't' } },
        },
      },
      metadata: {},
    },
  });
});

test.each([
  ['missing', { content: [{ type: 'input_tag', id: 'e1', text: 'Ada' }] }],
  [
    'null',
    {
      content: [{ type: 'input_tag', id: 'e1', text: 'Ada', data: null, group: null, interactive: null }],
      attachments: null,
      quoted_text: null,
      inference_options: null,
    },
  ],
])('what is %s and may be is filled in', (_, input) => {
  const parsed = parseChatKitRequest({ type: 'threads.create', params: { input }, metadata: null });
  expect(parsed).toStrictEqual({
    ok: true,
    request: {
      type: 'threads.create',
      params: {
        input: {
          content: [{ type: 'input_tag', id: 'e1', text: 'Ada', data: {}, interactive: false }],
          attachments: [],
          inference_options: {},
        },
      },
      metadata: {},
    },
  });
});

test.each([
  [undefined, 20], [null, 20], [0, 20], ['0', 20], [1, 1], ['5', 5], [5.0, 5], [100, 100], [101, 100], [9999, 100],
  [1e308, 100], ['9999', 100], [-1, 1], ['-7', 1],
])('a page limit of %j means %i', (limit, expected) => {
  const parsed = parseChatKitRequest({ type: 'threads.list', params: { limit, order: null, after: null } });
  expect(parsed).toStrictEqual({
    ok: true,
    request: { type: 'threads.list', params: { limit: expected, order: 'desc' }, metadata: {} },
  });
});

test.each([[''], [null], [undefined]])('an action with item id %j has no item', (itemId) => {
  const parsed = parseChatKitRequest(withParams('threads.custom_action', { item_id: itemId }));
  expect(parsed.ok && 'item_id' in parsed.request.params).toBe(false);
});

test('of an action only type and payload are kept, nulls in the payload included', () => {
  const action = { type: 'buy', payload: { sku: 'A', note: null }, handler: 'server', loadingBehavior: 'self', streaming: false };
  const parsed = parseChatKitRequest(withParams('threads.custom_action', { action }));
  expect(parsed.ok && parsed.request.params).toStrictEqual({
    thread_id: 'thr_1',
    item_id: 'msg_3',
    action: { type: 'buy', payload: { sku: 'A', note: null } },
  });
});

test('an action without payload, or with null for one, has none', () => {
  for (const action of [{ type: 'ping' }, { type: 'ping', payload: null }]) {
    const parsed = parseChatKitRequest(withParams('threads.custom_action', { action }));
    expect(parsed.ok && parsed.request.params).toStrictEqual({ thread_id: 'thr_1', item_id: 'msg_3', action: { type: 'ping' } });
  }
});

test.each([[null], [0], [''], [[null]], [{ a: null, b: { c: null } }]])('the tool output %j arrives as it is', (result) => {
  const parsed = parseChatKitRequest(withParams('threads.add_client_tool_output', { result }));
  expect(parsed.ok && parsed.request.params).toStrictEqual({ thread_id: 'thr_1', result });
});

test.each([
  [{}, { status: 'answered', answers: {} }],
  [{ status: null, answers: null }, { status: 'answered', answers: {} }],
  [{ status: 'skipped' }, { status: 'skipped', answers: {} }],
  [{ answers: { a: {}, b: null } }, { status: 'answered', answers: { a: { values: [], skipped: false } } }],
  [{ answers: { a: { values: null, skipped: true } } }, { status: 'answered', answers: { a: { values: [], skipped: true } } }],
])('the submission %j means %j', (input, expected) => {
  const parsed = parseChatKitRequest(withParams('threads.add_structured_input', { input }));
  expect(parsed.ok && parsed.request.params).toStrictEqual({ thread_id: 'thr_1', item_id: 'msg_2', input: expected });
});

describe('a __proto__ key', () => {
  const hostile = '{"__proto__":{"polluted":true},"kept":null}';
  test.each<[string, string]>([
    ['a body', `{"type":"threads.list","params":{},"__proto__":{"polluted":true}}`],
    ['request metadata', `{"type":"threads.list","params":{},"metadata":${hostile}}`],
    ['a tool output', `{"type":"threads.add_client_tool_output","params":{"thread_id":"t","result":[${hostile}]}}`],
    ['an action payload', `{"type":"threads.custom_action","params":{"thread_id":"t","action":{"type":"a","payload":{"deep":${hostile}}}}}`],
    ['tag data', `{"type":"threads.create","params":{"input":{"content":[{"type":"input_tag","id":"e","text":"t","data":${hostile}}]}}}`],
    ['answers', `{"type":"threads.add_structured_input","params":{"thread_id":"t","item_id":"i","input":{"answers":{"__proto__":{"values":["x"]}}}}}`],
  ])('in %s neither survives nor pollutes', (_, body) => {
    const parsed = parseChatKitRequest(JSON.parse(body));
    expect(parsed.ok).toBe(true);
    expect(JSON.stringify(parsed)).not.toContain('__proto__');
    expect(JSON.stringify(parsed)).not.toContain('polluted');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('whatever JSON arrives', () => {
  const anyJson = fc.jsonValue({ maxDepth: 4 });

  test('nothing throws', () => {
    fc.assert(fc.property(anyJson, (body) => typeof parseChatKitRequest(body).ok === 'boolean'));
  });

  test('nothing throws when only the params are strange', () => {
    fc.assert(
      fc.property(fc.constantFrom(...operations), anyJson, anyJson, (type, params, metadata) => {
        const parsed = parseChatKitRequest({ type, params, metadata });
        return parsed.ok || (parsed.path !== '' && parsed.message !== '');
      }),
    );
  });

  test('nothing throws when one value of a good request is replaced', () => {
    const strange = fc.oneof(anyJson, fc.double(), fc.string({ unit: anyCharacter(fc) }), fc.constant('\ud800'), fc.constant(1e308));
    fc.assert(
      fc.property(fc.constantFrom(...operations), fc.nat(), strange, (operation, pick, value) => {
        const params = minimalBodies[operation].params;
        const keys = Object.keys(params);
        const key = keys[pick % Math.max(keys.length, 1)] ?? 'limit';
        return typeof parseChatKitRequest(withParams(operation, { [key]: value })).ok === 'boolean';
      }),
    );
  });

  test('a result nested a hundred thousand deep is carried, not walked into the ground', () => {
    const depth = 100_000;
    const result: unknown = JSON.parse('[{"a":'.repeat(depth) + '{"__proto__":1}' + '}]'.repeat(depth));
    expect(parseChatKitRequest(withParams('threads.add_client_tool_output', { result })).ok).toBe(true);
  });

  test('lone surrogates and extreme numbers in free-form values pass through', () => {
    const result = { text: '\ud800', big: 1e308, small: 5e-324, negative: -0 };
    const parsed = parseChatKitRequest(withParams('threads.add_client_tool_output', { result }));
    expect(parsed.ok && parsed.request.params).toStrictEqual({ thread_id: 'thr_1', result });
  });
});
