import type { Turn } from '@chatkit-selfhost/core';
import { turnTool } from '@chatkit-selfhost/core/agents';
import { z } from 'zod';
import { SEVERITIES, type Desk } from './desk/ticket.ts';
import type { responseTypes } from './ticket-card.ts';

export type DeskTurn = Turn<{ context: { ownerId: string }; responseTypes: typeof responseTypes }>;

/** Up to this a refund needs nobody's consent. */
export const FREE_REFUND = 100;

/** The agent stops after this one: the user is asked, and the answer begins a new turn. */
export const ASK_TOOL = 'ask_ticket_details';

export function deskTools(desk: Desk) {
  return [
    turnTool({
      name: ASK_TOOL,
      description: 'Ask the user, with a form, how severe the problem is and what happened. Use it before opening a ticket.',
      parameters: z.object({}),
      execute: async (_input, turn: DeskTurn) => {
        await turn.askUser([
          { type: 'multiple_choice', id: 'severity', question: 'How bad is it?', options: SEVERITIES.map((value) => ({ value })), multiple: false },
          { type: 'freeform', id: 'description', question: 'What happened?', description: 'What did you do, and what did you expect?' },
        ]);
        return 'The user was asked.';
      },
    }),
    turnTool({
      name: 'open_ticket',
      description: 'Open a ticket. The files of the conversation go with it.',
      parameters: z.object({ subject: z.string(), description: z.string(), severity: z.enum(SEVERITIES) }),
      execute: async (input, turn: DeskTurn) => {
        const ticket = await desk.open(turn.context.ownerId, { ...input, files: await fileNames(turn) });
        await turn.reply({ type: 'ticket_opened', data: ticket });
        return `Ticket ${String(ticket.number)} is open: ${ticket.subject}.`;
      },
    }),
    turnTool({
      name: 'refund',
      description: 'Pay money back for an order. Larger amounts are put to a human first; just call it.',
      parameters: z.object({ order: z.string(), amount: z.number().positive() }),
      needsApproval: ({ amount }, _turn: DeskTurn) => amount > FREE_REFUND,
      execute: async ({ order, amount }, turn: DeskTurn, { callId }) => {
        await desk.refund(turn.context.ownerId, { callId, order, amount });
        return `Refunded ${amount.toFixed(2)} for order ${order}.`;
      },
    }),
  ];
}

async function fileNames(turn: DeskTurn): Promise<string[]> {
  const { data } = await turn.items({ limit: 50, order: 'asc' });
  return data.flatMap((item) => (item.type === 'user_message' ? item.attachments.map(({ name }) => name) : []));
}
