import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkPayload } from '../../src/engine/check-payload.js';

const sku = { sku: z.string() };
const count = { n: z.coerce.number() };
const definitions = [
  ['both lenient', { payload: z.object(sku), form: z.object(count) }],
  ['a strict payload', { payload: z.strictObject(sku), form: z.object(count) }],
  ['a strict form', { payload: z.object(sku), form: z.strictObject(count) }],
  ['both strict', { payload: z.strictObject(sku), form: z.strictObject(count) }],
] as const;

describe.each(definitions)('payload and form, %s', (_name, definition) => {
  it('are each checked for their own fields', async () => {
    expect(await checkPayload(definition, { sku: 'S', n: '2' })).toEqual({ sku: 'S', n: 2 });
    await expect(checkPayload(definition, { sku: 'S', n: 'two' })).rejects.toMatchObject({ code: 'invalid_payload', path: 'params.action.payload.n' });
    await expect(checkPayload(definition, { n: '2' })).rejects.toMatchObject({ code: 'invalid_payload', path: 'params.action.payload.sku' });
  });
});

it('what neither of two strict schemas knows is refused', async () => {
  const definition = { payload: z.strictObject(sku), form: z.strictObject(count) };
  await expect(checkPayload(definition, { sku: 'S', n: '2', more: 1 })).rejects.toMatchObject({ code: 'invalid_payload', message: expect.stringContaining('more') as string });
});

it('a strict payload without a form takes nothing else', async () => {
  await expect(checkPayload({ payload: z.strictObject(sku) }, { sku: 'S', more: 1 })).rejects.toMatchObject({ code: 'invalid_payload' });
});

it('fields of a strict valibot-like schema may be the form\'s', async () => {
  const payload = {
    '~standard': {
      version: 1 as const, vendor: 'valibot',
      validate: (value: unknown) => {
        const extra = Object.keys(value as object).find((key) => key !== 'sku');
        return extra === undefined ? { value } : { issues: [{ message: `Invalid key: ${extra}`, expected: 'never', path: [{ key: extra }] }] };
      },
    },
  };
  expect(await checkPayload({ payload, form: z.object(count) }, { sku: 'S', n: '2' })).toEqual({ sku: 'S', n: 2 });
});
