import { createChatKit, type ChatKitServer, type Logger, type Store, type Turn } from '@chatkit-selfhost/core';
import { agentInput, streamAgentResponse } from '@chatkit-selfhost/core/agents';
import { Agent, Runner, type Model } from '@openai/agents';
import { citeTrails } from './cite-trails.ts';
import { guideTools, SELECTION_TOOL } from './guide-tools.ts';
import { describeTrail, findTrail, TRAILS } from './trails/trails.ts';

export interface GuideOptions {
  store: Store;
  /** A model of its own, or the name of one of OpenAI's. */
  model: Model | string;
  logger?: Logger | undefined;
}

const INSTRUCTIONS = [
  'You guide visitors through a page of walking trails. Its trails, with their ids:',
  ...TRAILS.map((trail) => `- ${trail.id}: ${describeTrail(trail)}`),
  'Write the names of trails exactly as they stand there; never make up facts about them.',
  `When the user says "this", or asks about what they selected, call ${SELECTION_TOOL}. When they want to see a trail, call highlight. When they have some hours to fill, call plan_day.`,
].join('\n');

/** The guide of the page: it knows what is mentioned, what is selected, and can show things on the page. */
export function createGuide({ store, model, logger }: GuideOptions): ChatKitServer {
  const agent = new Agent<Turn>({ name: 'Trail guide', instructions: INSTRUCTIONS, model, tools: guideTools, toolUseBehavior: { stopAtToolNames: [SELECTION_TOOL] } });
  const runner = new Runner({ tracingDisabled: true });
  return createChatKit({
    store, logger,
    itemConverters: {
      // Only the id is taken from the browser: what the model is told comes from here.
      tag: ({ id }) => {
        const trail = findTrail(id);
        return trail ? { type: 'input_text', text: `${MENTION}${describeTrail(trail)}` } : null;
      },
    },
    async *respond(turn) {
      const result = await runner.run(agent, await agentInput({ agent, turn }), { stream: true, context: turn, signal: turn.signal });
      yield* citeTrails(streamAgentResponse({ result, turn }));
    },
  });
}

/** Begins what the model is told about a mentioned trail. */
export const MENTION = 'Mentioned trail: ';
