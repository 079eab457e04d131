import { Agent, tool, type AgentInputItem, type RunContext } from '@openai/agents';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { agentInput, agentResponder, streamAgentResponse, turnTool } from '../../src/agents/index.js';
import { createChatKit, defineResponseTypes, type ModelInputItem, type Turn, type TurnEvent } from '../../src/index.js';

interface Context { ownerId: string; plan: 'free' | 'pro' }
const store = memoryStore();
const authenticate = async (_request: Request): Promise<Context | null> => null;
const responseTypes = defineResponseTypes({
  bill: { schema: z.object({ total: z.coerce.number(), at: z.date(), note: z.string().optional() }) },
  list: { schema: z.object({ lines: z.array(z.object({ sku: z.string() })) }) },
});
type AppTurn = Turn<{ context: Context; responseTypes: typeof responseTypes }>;

const bill = turnTool({
  name: 'bill', description: '', parameters: z.object({ n: z.number() }),
  execute(input, turn: AppTurn) {
    expectTypeOf(input).toEqualTypeOf<{ n: number }>();
    expectTypeOf(turn.context.plan).toEqualTypeOf<'free' | 'pro'>();
    return turn.reply({ type: 'bill', data: { total: input.n, at: new Date() } });
  },
});
const anyApp = turnTool({
  name: 'any', description: '', parameters: z.object({}),
  execute: (_input, turn, call) => {
    expectTypeOf(call).toEqualTypeOf<{ callId: string; signal: AbortSignal }>();
    turn.sendProgress({ text: turn.context.ownerId });
    return 'ok';
  },
});
const agent = new Agent({ name: 'a', tools: [bill] });

test('the context of an agent is inferred from the turn that its tools ask for', () => {
  expectTypeOf(agent).toExtend<Agent<AppTurn, 'text'>>();
  expectTypeOf<typeof agent extends Agent<infer C, 'text'> ? C : never>().toEqualTypeOf<AppTurn>();
});

test('an agent fits every app that has what its tools ask for', () => {
  createChatKit({ store, authenticate, responseTypes, respond: agentResponder(agent) });
  createChatKit({ store, authenticate, responseTypes, respond: agentResponder(() => agent) });
  createChatKit({ store, respond: agentResponder(new Agent({ name: 'plain' })) });
  createChatKit({ store, authenticate, responseTypes, respond: agentResponder(new Agent({ name: 'plain' })) });
  createChatKit({ store, authenticate, responseTypes, respond: agentResponder(new Agent<AppTurn>({ name: 'both', tools: [bill, anyApp] })) });
});

test('an agent fits no app that lacks what its tools ask for', () => {
  // @ts-expect-error the agent's tools need `plan` and `bill`
  createChatKit({ store, respond: agentResponder(agent) });
  // @ts-expect-error the agent's tools need `bill`
  createChatKit({ store, authenticate, respond: agentResponder(agent) });
});

test('what an agent puts out reaches the handler with its type', () => {
  agentResponder(agent, {
    onOutput: (text, turn) => {
      expectTypeOf(text).toEqualTypeOf<string>();
      expectTypeOf(turn).toEqualTypeOf<AppTurn>();
      return turn.reply({ type: 'bill', data: { total: 1, at: new Date() } });
    },
  });
  const typed = new Agent<AppTurn, z.ZodObject<{ total: z.ZodNumber }>>({ name: 't', outputType: z.object({ total: z.number() }) });
  createChatKit({
    store, authenticate, responseTypes,
    respond: agentResponder(typed, { onOutput: (output, turn) => turn.reply({ type: 'bill', data: { total: output.total, at: new Date() } }) }),
  });
  // @ts-expect-error not a response type
  agentResponder(agent, { onOutput: (_output, turn) => turn.reply({ type: 'nope', data: {} }) });
});

test('an agent with a context of its own needs a function that makes it', () => {
  const own = tool({ name: 'o', description: '', parameters: z.object({}), execute: async (_input, run?: RunContext<{ db: string }>) => run?.context.db ?? '' });
  createChatKit({ store, authenticate, respond: agentResponder(new Agent<{ db: string }>({ name: 'x', tools: [own] }), { context: (turn) => ({ db: turn.context.ownerId }) }) });
  createChatKit({
    store, authenticate, responseTypes,
    respond: agentResponder(new Agent<{ plan: string; turn: AppTurn }>({ name: 'x' }), { context: (turn: AppTurn) => ({ plan: turn.context.plan, turn }) }),
  });
  // @ts-expect-error that agent needs its context
  createChatKit({ store, respond: agentResponder(new Agent<{ db: string }>({ name: 'x' })) });
  // @ts-expect-error of the right type
  createChatKit({ store, respond: agentResponder(new Agent<{ db: string }>({ name: 'x' }), { context: () => ({ db: 1 }) }) });
});

test("a tool of the SDK's own reaches the turn", () => {
  tool({
    name: 'p', description: '', parameters: z.object({}),
    execute: async (_input, run?: RunContext<AppTurn>) => {
      await run?.context.sendText('x');
      return '';
    },
  });
});

test('model input needs no conversion for the SDK, and the parts for a run by hand fit together', () => {
  expectTypeOf<ModelInputItem>().toExtend<AgentInputItem>();
  expectTypeOf(agentInput<typeof agent>).returns.resolves.toExtend<AgentInputItem[] | object>();
  expectTypeOf(streamAgentResponse).returns.toExtend<AsyncIterable<TurnEvent>>();
});
