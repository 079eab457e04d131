/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-unused-expressions -- types alone are looked at here */
// Proof that a browser knows the server's response types: checked by tsc, not run. Every @ts-expect-error must fail for the reason beside it.
import { z } from 'zod';
import * as v from './api.js';
import type { chatkit } from './snippets.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const ok = <T extends true>(_proof?: T) => {};
const store = v.memoryStore();
type Ctx = { ownerId: string; plan: 'free' | 'pro' };
const authenticate = async (_request: Request): Promise<Ctx | null> => null;
const responseTypes = v.defineResponseTypes({
  bill: { schema: z.object({ total: z.coerce.number(), at: z.date(), note: z.string().optional() }) },
  list: { schema: z.object({ lines: z.array(z.object({ sku: z.string() })) }) },
});

// ── server -> client ──
const server = v.createChatKit({ store, authenticate, responseTypes, respond() {} });
const client = v.createChatKitClient<typeof server>({ url: '/agent' });
export async function clientChecks() {
  const answer = await client.send({ message: 'x' });
  ok<Equal<typeof answer.type, 'text' | 'error' | 'bill' | 'list'>>();
  if (answer.type === 'bill') { ok<Equal<typeof answer.structured_data.at, string>>(); ok<Equal<typeof answer.structured_data.total, number>>(); ok<Equal<typeof answer.structured_data.note, string | undefined>>(); }
  if (answer.type === 'list') ok<Equal<typeof answer.structured_data, { lines: { sku: string }[] }>>();
  if (answer.type === 'text') ok<Equal<typeof answer.structured_data, undefined>>();
  // @ts-expect-error no such response type
  if (answer.type === 'nope') return;
  const [turn] = (await client.history()).data;
  if (turn?.response.type === 'bill') turn.response.structured_data.total.toFixed();
  const hook = v.useChat(client).turns[0]?.response;
  if (hook?.type === 'list') ok<Equal<typeof hook.structured_data.lines, { sku: string }[]>>();
  // @ts-expect-error narrow first
  answer.structured_data.total;
  const fromModule = await v.createChatKitClient<typeof chatkit>({ url: '/' }).send({ message: '' });
  ok<Equal<typeof fromModule.type, 'text' | 'error' | 'item_created' | 'item_list'>>();
  const untyped = await v.createChatKitClient({ url: '/' }).send({ message: '' });
  ok<Equal<typeof untyped.type, string>>(); ok<Equal<typeof untyped.structured_data, unknown>>();
}
