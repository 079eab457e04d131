import { Badge, Button, Caption, Card, Col, Divider, Row, Text, Title, defineActions, defineResponseTypes, type WidgetRoot } from '@chatkit-selfhost/core';
import { z } from 'zod';
import { SEVERITIES, type Ticket } from './desk/ticket.ts';

/** Buttons of the ticket card. A payload comes from the browser: it names a ticket, and proves nothing about whose that is. */
export const actions = defineActions({
  /** Streams: the assistant says who takes over, and the card changes. */
  assign: { payload: z.object({ ticket: z.number() }) },
  /** Answered at once, also while an answer is streaming. */
  refresh: { payload: z.object({ ticket: z.number() }), streaming: false },
});

const ticketSchema = z.object({
  number: z.number(), subject: z.string(), description: z.string(), severity: z.enum(SEVERITIES), assignee: z.string().nullable(), files: z.array(z.string()),
});

export const responseTypes = defineResponseTypes({
  ticket_opened: { schema: ticketSchema, widget: ticketCard, message: (ticket) => `Ticket ${String(ticket.number)} is open.` },
});

/** A ticket as it stands. */
export function ticketCard(ticket: Ticket): WidgetRoot {
  const payload = { ticket: ticket.number };
  return Card({ size: 'md' }, [
    Row({ justify: 'between', align: 'center' }, [
      Title({ value: `Ticket ${String(ticket.number)}`, size: 'sm' }),
      Badge({ label: ticket.severity, color: ticket.severity === 'Nothing works' ? 'danger' : 'secondary' }),
    ]),
    Col({ gap: 1 }, [Text({ value: ticket.subject, weight: 'medium' }), Caption({ value: ticket.description })]),
    ticket.files.length > 0 && Caption({ value: `Files: ${ticket.files.join(', ')}` }),
    Divider(),
    Row({ justify: 'between', align: 'center' }, [
      Text({ value: ticket.assignee === null ? 'Nobody has it yet' : `${ticket.assignee} is on it` }),
      Row({ gap: 2 }, [
        Button({ label: 'Refresh', size: 'sm', variant: 'ghost', onClickAction: actions.refresh(payload) }),
        ticket.assignee === null && Button({ label: 'Assign', size: 'sm', style: 'primary', onClickAction: actions.assign(payload) }),
      ]),
    ]),
  ]);
}
