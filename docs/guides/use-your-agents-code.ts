import { createChatKit, type Turn } from '@chatkit-selfhost/core';
import { agentInput, streamAgentResponse } from '@chatkit-selfhost/core/agents';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { Agent, run, tool, type Model } from '@openai/agents';
import { z } from 'zod';

/** What you have already: an agent, handoffs and tools of the SDK, unchanged. */
export function createAgents(model: Model | string) {
  const weather = tool({
    name: 'get_weather', description: 'The weather of a city', parameters: z.object({ city: z.string() }),
    execute: ({ city }) => `It is sunny in ${city}.`,
  });
  const forecaster = new Agent<Turn>({ name: 'Forecaster', model, instructions: 'Tell the weather.', tools: [weather] });
  return new Agent<Turn>({ name: 'Triage', model, instructions: 'Hand over questions about the weather.', handoffs: [forecaster] });
}

export function createAssistant(model: Model | string) {
  const agent = createAgents(model);
  return createChatKit({
    store: memoryStore(),
    async *respond(turn) {
      // The conversation, or after an approval the halted run.
      const input = await agentInput({ agent, turn });
      const result = await run(agent, input, { stream: true, context: turn, signal: turn.signal });
      yield* streamAgentResponse({ result, turn });
      turn.sendNotice({ level: 'info', message: `Answered by ${result.lastAgent?.name ?? 'nobody'}.` });
    },
  });
}
