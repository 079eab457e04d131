import type { RunStreamEvent } from '@openai/agents';
import type { Turn } from '../../app-types.js';
import { runOp } from './run-ops.js';
import type { OpContext } from './op-context.js';
import { isJson, type Json, type Op } from './vector.js';
import { createWorkflowOps } from './workflow-ops.js';

interface AgentRun {
  events: Json[];
  before?: Op[] | undefined;
  context?: (Op | Op[] | null)[] | undefined;
  partial_images?: number | undefined;
  all_thoughts?: boolean | undefined;
}

type DoAll = (ops: Op[]) => Promise<void>;

/** Events that the Agents SDK adds of its own beside the provider's. */
const SDK_EVENTS = new Set(['response_started', 'output_text_delta', 'response_done', 'model']);

/** Converts an agent's stream: the vector's events as the SDK would give them, with the ops of tools in between. */
export async function runAgentOp(op: Json, context: OpContext): Promise<void> {
  // Only here, so that the rest of the runner works without the optional SDK.
  const [{ streamAgentResponse }, { afterModel }] = await Promise.all([import('../../agents/index.js'), import('../../agents/model-outlet.js')]);
  const run = op as unknown as AgentRun;
  const workflow = createWorkflowOps(context.turn);
  let clientTool: Json | null = null;
  const doAll: DoAll = async (ops) => {
    for (const step of ops) {
      await afterModel(context.turn);
      if ('workflow' in step) await workflow(step['workflow'] as Json);
      // The tool that asks the page for something ends the run: what it asks comes last.
      else if (isJson(step['client_tool'])) clientTool = step['client_tool'];
      else if (isJson(step['throw'])) await throwAsSdk(step['throw'], context);
      else await runOp(step, context);
    }
  };
  await doAll(run.before ?? []);
  const callClientTool = async (): Promise<void> => {
    await afterModel(context.turn);
    if (clientTool) await context.turn.callClientTool(asToolCall(clientTool, run.events));
  };
  const options = { result: streamedRun(run, doAll, callClientTool), turn: context.turn, converters: { partialImages: run.partial_images, streamAllThoughts: run.all_thoughts } };
  for await (const event of streamAgentResponse(options as unknown as Parameters<typeof streamAgentResponse>[0])) await context.turn.emit(event);
}

/** As much of the SDK's `StreamedRunResult` as its conversion reads. */
function streamedRun({ events, context = [] }: AgentRun, doAll: DoAll, callClientTool: () => Promise<void>): object {
  let given = 0;
  const stream = new ReadableStream<RunStreamEvent>(
    {
      pull: async (controller) => {
        if (given > 0) await doAll(opsAt(context, given - 1));
        const event = events[given++];
        if (event) {
          controller.enqueue(asRunEvent(event));
          return;
        }
        await callClientTool();
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { toStream: () => stream, cancelled: false, interruptions: [], newItems: [], finalOutput: undefined, currentAgent: undefined };
}

function opsAt(context: (Op | Op[] | null)[], index: number): Op[] {
  const entry = context[index] ?? [];
  return Array.isArray(entry) ? entry : [entry];
}

function asRunEvent(event: Json): RunStreamEvent {
  if (event['type'] === 'run_item_stream_event') {
    const item = event['item'] as Json;
    return { ...event, item: { ...item, rawItem: camelCased(rawItemOf(event)) } } as unknown as RunStreamEvent;
  }
  if (event['type'] === 'agent_updated_stream_event') return { agent: undefined, ...event } as unknown as RunStreamEvent;
  if (SDK_EVENTS.has(String(event['type']))) return { type: 'raw_model_stream_event', data: event } as unknown as RunStreamEvent;
  const source = 'openai-responses';
  const data = { type: 'model', event, providerData: { rawModelEventSource: source } };
  return { type: 'raw_model_stream_event', source, data } as unknown as RunStreamEvent;
}

/** What a run item event is about; nothing for other events. */
function rawItemOf(event: Json): Json {
  const item = event['type'] === 'run_item_stream_event' && isJson(event['item']) ? event['item'] : {};
  return isJson(item['raw_item']) ? item['raw_item'] : {};
}

/** The JavaScript SDK's items have camelCase fields. */
function camelCased(rawItem: Json): Json {
  return Object.fromEntries(Object.entries(rawItem).map(([key, value]) => [key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]));
}

/** A client tool is called by the tool of its name, so it takes over the ids of the model's call of that tool. */
function asToolCall(call: Json, events: Json[]): Parameters<Turn['callClientTool']>[0] {
  const calls = events.map(rawItemOf).filter((item) => item['type'] === 'function_call' && item['call_id'] !== undefined);
  const raw = calls.findLast((item) => item['name'] === call['name']) ?? calls.at(-1);
  const { call_id: callId, id: itemId } = (raw ?? {}) as { call_id?: string; id?: string };
  return { ...(call as { name: string; arguments?: Json }), callId, itemId };
}

/** Errors of the run itself are the SDK's own. */
async function throwAsSdk(error: Json, context: OpContext): Promise<void> {
  const { InputGuardrailTripwireTriggered, ModelRefusalError, OutputGuardrailTripwireTriggered } = await import('@openai/agents');
  if (error['kind'] === 'refusal') throw new ModelRefusalError(typeof error['message'] === 'string' ? error['message'] : '');
  if (error['kind'] !== 'guardrail') return runOp({ throw: error }, context);
  const Tripwire = error['side'] === 'output' ? OutputGuardrailTripwireTriggered : InputGuardrailTripwireTriggered;
  throw new Tripwire('the guardrail tripped', { guardrail: {}, output: { tripwireTriggered: true, outputInfo: {} } } as never);
}
