/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-unused-expressions, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-explicit-any -- types alone are looked at here */
// Proof that the inference claims hold: checked by tsc, not run. Every @ts-expect-error must fail for the reason beside it.
import { Agent, tool, type AgentInputItem, type RunContext } from '@openai/agents';
import { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';
import * as v from './api.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const ok = <T extends true>(_proof?: T) => {};
const store = v.memoryStore();
type Ctx = { ownerId: string; plan: 'free' | 'pro' };
const authenticate = async (_request: Request): Promise<Ctx | null> => null;

// ── context: authenticate -> respond, actions, hooks ──
v.createChatKit({ store, authenticate, respond(turn) { ok<Equal<typeof turn.context, Ctx>>(); },
  titles: async (turn) => { ok<Equal<typeof turn.context, Ctx>>(); return ''; },
  transcribe: async (audio, { context }) => { ok<Equal<typeof context, Ctx>>(); ok<Equal<typeof audio, Blob>>(); return ''; },
  onFeedback: (_f, { context }) => { ok<Equal<typeof context, Ctx>>(); } });
// inline, unannotated parameter, authenticate first
v.createChatKit({ store, authenticate: async (request) => ({ ownerId: 'u', ip: request.url }), respond({ context }) { ok<Equal<typeof context, { ownerId: string; ip: string }>>(); } });
// inline, annotated parameter: order does not matter
v.createChatKit({ store, respond({ context }) { ok<Equal<typeof context, { ownerId: string; ip: string }>>(); }, authenticate: async (request: Request) => ({ ownerId: 'u', ip: request.url }) });
// known TypeScript limit: unannotated AND last gives the bare owner, so using more fails
// @ts-expect-error context has no ip
v.createChatKit({ store, respond({ context }) { context.ip; }, authenticate: async (request) => ({ ownerId: 'u', ip: request.url }) });
// generator, and no authenticate: context is the owner alone
v.createChatKit({ store, async *respond({ context }) { ok<Equal<typeof context, v.OwnerScope>>(); yield 'hi'; } });
// @ts-expect-error authenticate must name an owner
v.createChatKit({ store, authenticate: async () => ({ plan: 'pro' }), respond() {} });
// @ts-expect-error a responder that needs `plan` without an authenticate that gives it
v.createChatKit({ store, respond: (turn: v.Turn<{ context: Ctx; responseTypes: {} }>) => { turn.context.plan; } });
// @ts-expect-error context has no such property
v.createChatKit({ store, authenticate, respond({ context }) { context.nope; } });

// ── response types ──
const responseTypes = v.defineResponseTypes({
  bill: { schema: z.object({ total: z.coerce.number(), at: z.date(), note: z.string().optional() }), widget: (data) => { ok<Equal<typeof data.total, number>>(); return { type: 'Card', children: [] }; } },
  list: { schema: z.object({ lines: z.array(z.object({ sku: z.string() })) }) },
});
v.createChatKit({ store, responseTypes, async respond(turn) {
  await turn.reply({ type: 'bill', data: { total: '12', at: new Date() } });
  // @ts-expect-error unknown response type
  await turn.reply({ type: 'bil', data: { total: 1, at: new Date() } });
  // @ts-expect-error data of another type
  await turn.reply({ type: 'list', data: { total: 1, at: new Date() } });
} });
// inline definitions infer as well
v.createChatKit({ store, responseTypes: { a: { schema: z.object({ n: z.number() }), widget: (data) => { ok<Equal<typeof data, { n: number }>>(); return { type: 'Card', children: [] }; } } },
  respond: (turn) => turn.reply({ type: 'a', data: { n: 1 } }) });
// @ts-expect-error `text` is built in
v.defineResponseTypes({ text: { schema: z.string() } });
// @ts-expect-error a widget of an unknown root type
v.defineResponseTypes({ x: { schema: z.string(), widget: () => ({ type: 'Crad', children: [] }) } });

// ── server ──
const server = v.createChatKit({ store, authenticate, responseTypes, respond() {} });
ok<Equal<v.InferTurn<typeof server>['context'], Ctx>>();

// ── respond's events ──
const events = { store };
v.createChatKit({ ...events, async *respond(turn) {
  yield 'text'; yield { type: 'notice', level: 'warning', message: 'm' };
  yield { type: 'thread.item.done', item: { type: 'widget', id: turn.newId('message'), widget: { type: 'Card', children: [] } } };
  yield { type: 'thread.item.updated', item_id: 'i', update: { type: 'workflow.task.added', task_index: 0, task: { type: 'custom', title: 't' } } };
} });
// @ts-expect-error unknown event
v.createChatKit({ ...events, async *respond() { yield { type: 'progress', text: 'x' }; } });
// @ts-expect-error wrong literal
v.createChatKit({ ...events, async *respond() { yield { type: 'notice', level: 'warn', message: 'x' }; } });
// @ts-expect-error missing field of the item
v.createChatKit({ ...events, async *respond() { yield { type: 'thread.item.done', item: { type: 'widget', id: 'i' } }; } });
// @ts-expect-error the engine alone announces threads
v.createChatKit({ ...events, async *respond(t) { yield { type: 'thread.updated', thread: t.thread }; } });
// @ts-expect-error yields numbers
v.createChatKit({ ...events, async *respond() { yield 1; } });
// @ts-expect-error returns a string: use sendText or yield
v.createChatKit({ ...events, respond: async () => 'hello' });

// ── actions ──
const actions = v.defineActions({ buy: { payload: z.object({ sku: z.string() }), form: z.object({ n: z.coerce.number() }) }, close: { streaming: false }, ping: {} });
actions.buy({ sku: 'a' }); actions.ping();
// @ts-expect-error payload is checked
actions.buy({ sku: 1 });
// @ts-expect-error form fields are not the server's to give
actions.buy({ sku: 'a', n: 1 });
v.createChatKit({ store, authenticate, actions, respond() {}, onAction: {
  buy: async (turn, { payload }) => { ok<Equal<(typeof payload)['n'], number>>(); ok<Equal<(typeof payload)['sku'], string>>(); ok<Equal<typeof turn.context, Ctx>>(); await turn.sendText('ok'); },
  // @ts-expect-error a sync action has no stream to send to
  close: async (turn) => { await turn.sendText('x'); },
  ping() {},
} });
// @ts-expect-error a handler is missing
v.createChatKit({ store, actions, respond() {}, onAction: { buy() {}, close() {} } });
// @ts-expect-error handlers are missing
v.createChatKit({ store, actions, respond() {} });

// ── stores ──
const { threads, sessions, history, runs } = store;
v.createChatKit({ store: { ...v.postgresStore({ connectionString: '' }), sessions, runs }, respond() {} });
v.createChatKit({ store: { threads, sessions, history, runs }, respond() {} });
// @ts-expect-error runs is missing
v.createChatKit({ store: { threads, sessions, history }, respond() {} });
// @ts-expect-error no store at all
v.createChatKit({ respond() {} });
// @ts-expect-error a part in the wrong place
v.createChatKit({ store: { ...store, history: sessions }, respond() {} });
v.postgresStore({ pglite: new PGlite() }); v.postgresStore({ pglite: './data' });
// a store that wants a tenant: only with a scope that gives one
type Tenant = { ownerId: string; tenantId: string };
declare const tenantStore: v.Store<Tenant>;
const withTenant = async (_r: Request) => ({ ownerId: 'u', tenantId: 't', db: new Map<string, string>() });
v.createChatKit({ store: tenantStore, authenticate: withTenant, scope: ({ ownerId, tenantId }) => ({ ownerId, tenantId }), respond() {} });
v.createChatKit({ store, authenticate: withTenant, scope: ({ ownerId, tenantId }) => ({ ownerId, tenantId }), respond() {} });
// @ts-expect-error no scope: the store would not get tenantId
v.createChatKit({ store: tenantStore, authenticate: withTenant, respond() {} });
// @ts-expect-error the context has no tenantId to give
v.createChatKit({ store: tenantStore, authenticate, scope: ({ ownerId, tenantId }) => ({ ownerId, tenantId }), respond() {} });

// ── tools and agents ──
type AppTurn = v.Turn<{ context: Ctx; responseTypes: typeof responseTypes }>;
const billTool = v.turnTool({ name: 'b', description: '', parameters: z.object({ n: z.number() }), execute(input, turn: AppTurn) {
  ok<Equal<typeof input, { n: number }>>(); ok<Equal<typeof turn.context.plan, 'free' | 'pro'>>(); return turn.reply({ type: 'bill', data: { total: input.n, at: new Date() } }); } });
const anyAppTool = v.turnTool({ name: 'c', description: '', parameters: z.object({}), execute: (_i, turn) => { turn.sendProgress({ text: turn.context.ownerId }); return 'ok'; } });
const agent = new Agent({ name: 'a', tools: [billTool] });
ok<Equal<typeof agent extends Agent<infer C, any> ? C : never, AppTurn>>(); // inferred from the tool
v.createChatKit({ store, authenticate, responseTypes, respond: v.agentResponder(agent) });
v.createChatKit({ store, authenticate, responseTypes, respond: v.agentResponder(() => agent) });
v.createChatKit({ store, respond: v.agentResponder(new Agent({ name: 'plain' })) });
v.createChatKit({ store, authenticate, responseTypes, respond: v.agentResponder(new Agent({ name: 'plain' })) });
v.createChatKit({ store, authenticate, responseTypes, respond: v.agentResponder(new Agent<AppTurn>({ name: 'both', tools: [billTool, anyAppTool] })) });
// @ts-expect-error the agent's tools need `plan` and `bill`
v.createChatKit({ store, respond: v.agentResponder(agent) });
// @ts-expect-error the agent's tools need `bill`
v.createChatKit({ store, authenticate, respond: v.agentResponder(agent) });
v.agentResponder(agent, { onOutput: (text, turn) => { ok<Equal<typeof text, string>>(); ok<Equal<typeof turn, AppTurn>>(); return turn.reply({ type: 'bill', data: { total: 1, at: new Date() } }); } });
const typed = new Agent<AppTurn, z.ZodObject<{ total: z.ZodNumber }>>({ name: 't', outputType: z.object({ total: z.number() }) });
v.createChatKit({ store, authenticate, responseTypes, respond: v.agentResponder(typed, { onOutput: (output, turn) => turn.reply({ type: 'bill', data: { total: output.total, at: new Date() } }) }) });
// @ts-expect-error not a response type
v.agentResponder(agent, { onOutput: (_output, turn) => turn.reply({ type: 'nope', data: {} }) });
// an agent with its own context, and a plain SDK tool
const own = tool({ name: 'o', description: '', parameters: z.object({}), execute: async (_i, run?: RunContext<{ db: string }>) => run?.context.db ?? '' });
v.createChatKit({ store, authenticate, respond: v.agentResponder(new Agent<{ db: string }>({ name: 'x', tools: [own] }), { context: (turn) => ({ db: turn.context.ownerId }) }) });
v.createChatKit({ store, authenticate, responseTypes, respond: v.agentResponder(new Agent<{ plan: string; turn: AppTurn }>({ name: 'x' }), { context: (turn: AppTurn) => ({ plan: turn.context.plan, turn }) }) });
// @ts-expect-error that agent needs its context
v.createChatKit({ store, respond: v.agentResponder(new Agent<{ db: string }>({ name: 'x' })) });
// @ts-expect-error of the right type
v.createChatKit({ store, respond: v.agentResponder(new Agent<{ db: string }>({ name: 'x' }), { context: () => ({ db: 1 }) }) });
// plain SDK tool that reaches the turn
tool({ name: 'p', description: '', parameters: z.object({}), execute: async (_i, run?: RunContext<AppTurn>) => { await run?.context.sendText('x'); return ''; } });
// model input needs no conversion for the Agents SDK
ok<v.ModelInputItem extends AgentInputItem ? true : false>();
// handler is a web-standard fetch
ok<Equal<typeof server.fetch, (request: Request) => Promise<Response>>>();
