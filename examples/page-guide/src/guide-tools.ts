import type { Turn } from '@chatkit-selfhost/core';
import { turnTool } from '@chatkit-selfhost/core/agents';
import { z } from 'zod';
import { findTrail, hoursOf, TRAILS, type Trail } from './trails/trails.ts';

/** The agent stops after this one: the page answers, and that begins a new turn. */
export const SELECTION_TOOL = 'get_selection';

export const guideTools = [
  turnTool({
    name: SELECTION_TOOL,
    description: 'Ask the page which text the user has selected, and which trail they are reading.',
    parameters: z.object({}),
    execute: async (_input, turn: Turn) => {
      await turn.callClientTool({ name: SELECTION_TOOL });
      return 'The page was asked.';
    },
  }),
  turnTool({
    name: 'highlight',
    description: 'Scroll to a trail on the page and mark it.',
    parameters: z.object({ trail: z.string().describe('The id of the trail') }),
    execute: async ({ trail: id }, turn: Turn) => {
      const trail = findTrail(id);
      if (!trail) return `There is no trail "${id}".`;
      turn.sendEffect({ name: 'highlight', data: { trail: trail.id } });
      return `${trail.name} is marked on the page.`;
    },
  }),
  turnTool({
    name: 'plan_day',
    description: 'Find trails that fit into a number of hours.',
    parameters: z.object({ hours: z.number().positive() }),
    execute: ({ hours }, turn: Turn) => planDay(hours, turn),
  }),
];

async function planDay(hours: number, turn: Turn): Promise<string> {
  turn.sendProgress({ text: 'Reading the map', icon: 'maps' });
  await using workflow = turn.startWorkflow();
  const chosen: Trail[] = [];
  let left = hours;
  for (const trail of TRAILS) {
    const title = `${trail.name}: ${String(hoursOf(trail))} hours`;
    const task = workflow.addTask({ type: 'custom', title, status_indicator: 'loading', icon: 'map-pin' });
    const fits = hoursOf(trail) <= left;
    if (fits) {
      chosen.push(trail);
      left -= hoursOf(trail);
    }
    task.update({ type: 'custom', title, content: fits ? 'Fits' : 'Too long', status_indicator: 'complete', icon: 'map-pin' });
  }
  await workflow.end({ summary: { title: `Looked at ${String(TRAILS.length)} trails`, icon: 'maps' } });
  if (chosen.length === 0) return `No trail fits into ${String(hours)} hours.`;
  return `In ${String(hours)} hours you can walk ${chosen.map(({ name }) => name).join(' and ')}.`;
}
