import { ChatKitError, createChatKit, type ChatKitServer, type Logger, type Store, type TurnInfo, type Uploads } from '@chatkit-selfhost/core';
import { agentResponder } from '@chatkit-selfhost/core/agents';
import { Agent, Runner, type Model } from '@openai/agents';
import { ASK_TOOL, deskTools, type DeskTurn } from './desk-tools.ts';
import type { Desk, Ticket } from './desk/ticket.ts';
import { actions, responseTypes, ticketCard } from './ticket-card.ts';

export interface SupportDeskOptions {
  store: Store;
  desk: Desk;
  uploads: Uploads;
  /** A model of its own, or the name of one of OpenAI's. */
  model: Model | string;
  logger?: Logger | undefined;
}

const INSTRUCTIONS = [
  'You work at the support desk of an online shop.',
  `When someone has a problem, call ${ASK_TOOL}. Once they have answered, open a ticket with what they said. If they skipped the questions, do not open one.`,
  'When someone wants money back and has named the order and the amount, call refund. Never make up orders or amounts. Look at the files that come with a message.',
  'After a tool has run, say in one short sentence what came of it.',
].join(' ');

/** Also what tells the offline model which of the two it is. */
export const TITLE_INSTRUCTIONS = 'Write a title of at most six words for the conversation that begins with this message. Only the title, without quotes.';

/** The support desk: one agent, its tools, and the ticket card with its buttons. */
export function createSupportDesk({ store, desk, uploads, model, logger }: SupportDeskOptions): ChatKitServer<{ context: { ownerId: string }; responseTypes: typeof responseTypes }> {
  const runner = new Runner({ tracingDisabled: true });
  const agent = new Agent<DeskTurn>({
    name: 'Support desk', instructions: INSTRUCTIONS, model, tools: deskTools(desk),
    toolUseBehavior: { stopAtToolNames: [ASK_TOOL] },
  });
  const titler = new Agent({ name: 'Titles', instructions: TITLE_INSTRUCTIONS, model });

  return createChatKit({
    store, uploads, logger, responseTypes, actions,
    respond: agentResponder(agent, {
      runner,
      approval: ({ input }) => {
        const { order, amount } = input as { order: string; amount: number };
        return { title: `Refund ${amount.toFixed(2)} for order ${order}?`, details: 'More than 100 needs a yes from a human.' };
      },
    }),
    titles: async (turn) => {
      const { finalOutput } = await runner.run(titler, await firstMessage(turn), { signal: turn.signal });
      return finalOutput ?? '';
    },
    onAction: {
      assign: async (turn, { payload }) => {
        turn.sendProgress({ text: 'Looking who is free', icon: 'profile' });
        const ticket = present(await desk.assign(turn.context.ownerId, payload.ticket));
        await turn.sendText(`${ticket.assignee ?? 'Nobody'} takes over ticket ${String(ticket.number)}.`);
        return ticketCard(ticket);
      },
      refresh: async (turn, { payload }) => ticketCard(present(await desk.find(turn.context.ownerId, payload.ticket))),
    },
  });
}

function present(ticket: Ticket | null): Ticket {
  if (!ticket) throw new ChatKitError({ code: 'no_ticket', message: 'There is no such ticket.', status: 404 });
  return ticket;
}

async function firstMessage(turn: TurnInfo): Promise<string> {
  const { data } = await turn.items({ limit: 10, order: 'asc' });
  const first = data.find((item) => item.type === 'user_message');
  return first?.content.map((part) => part.text).join('') ?? '';
}
