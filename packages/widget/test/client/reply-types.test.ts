import { createChatKit, defineResponseTypes } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { createChatKitClient, type ChatKitClient } from '../../src/index.js';
import { useChat } from '../../src/react/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(proof?: T): void => void proof;

const responseTypes = defineResponseTypes({
  bill: { schema: z.object({ total: z.coerce.number(), at: z.date(), note: z.string().optional() }) },
  list: { schema: z.object({ lines: z.array(z.object({ sku: z.string() })) }) },
});
export const server = createChatKit({ store: memoryStore(), responseTypes, respond: () => undefined });
export const larger = createChatKit({ store: memoryStore(), responseTypes: { ...responseTypes, refund: { schema: z.object({ of: z.string() }) } }, respond: () => undefined });

/** Compiled, never called. */
export async function replies(client = createChatKitClient<typeof server>({ url: '/agent' })): Promise<void> {
  const answer = await client.send({ message: 'x' });
  holds<Equal<typeof answer.type, 'text' | 'error' | 'bill' | 'list'>>();
  if (answer.type === 'bill') {
    holds<Equal<typeof answer.structured_data.at, string>>();
    holds<Equal<typeof answer.structured_data.total, number>>();
    holds<Equal<typeof answer.structured_data.note, string | undefined>>();
  }
  if (answer.type === 'list') holds<Equal<typeof answer.structured_data, { lines: { sku: string }[] }>>();
  if (answer.type === 'text') holds<Equal<typeof answer.structured_data, undefined>>();
  // @ts-expect-error no such response type
  if (answer.type === 'nope') return;
  const [turn] = (await client.history()).data;
  if (turn?.response.type === 'bill') turn.response.structured_data.total.toFixed();
  const streamed = await client.stream({ message: 'x' }).response;
  if (streamed.type === 'list') holds<Equal<typeof streamed.structured_data.lines, { sku: string }[]>>();
  // @ts-expect-error narrow first
  void answer.structured_data.total;
}

export function hooks(client: ChatKitClient<{ context: { ownerId: string }; responseTypes: typeof responseTypes }>): void {
  const hook = useChat(client).turns[0]?.response;
  if (hook?.type === 'list') holds<Equal<typeof hook.structured_data.lines, { sku: string }[]>>();
}

/** A response type added on the server is one more that the page has to deal with. */
export async function added(): Promise<void> {
  const answer = await createChatKitClient<typeof larger>({ url: '/' }).send({ message: '' });
  holds<Equal<typeof answer.type, 'text' | 'error' | 'bill' | 'list' | 'refund'>>();
  if (answer.type === 'refund') holds<Equal<typeof answer.structured_data, { of: string }>>();
}

export async function untyped(): Promise<unknown> {
  const answer = await createChatKitClient({ url: '/' }).send({ message: '' });
  holds<Equal<typeof answer.type, string>>();
  holds<Equal<typeof answer.structured_data, unknown>>();
  return answer;
}

it('a typed client is the same client', () => {
  expect(Object.keys(createChatKitClient<typeof server>({ url: 'http://a/b' }))).toEqual(Object.keys(createChatKitClient({ url: 'http://a/b' })));
});
