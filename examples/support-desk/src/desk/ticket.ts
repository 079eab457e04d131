export const SEVERITIES = ['Nothing works', 'Something is broken', 'A question'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Ticket {
  number: number;
  subject: string;
  description: string;
  severity: Severity;
  /** Null: nobody has it yet. */
  assignee: string | null;
  /** Names of the files that came with it. */
  files: string[];
}

export interface Refund {
  order: string;
  amount: number;
}

/** What the desk keeps of its own, beside the conversations. Everything belongs to an owner, and is not there for any other. */
export interface Desk {
  open: (ownerId: string, ticket: Omit<Ticket, 'number' | 'assignee'>) => Promise<Ticket>;
  find: (ownerId: string, number: number) => Promise<Ticket | null>;
  /** Gives the ticket to the next of the team; one that somebody has stays with them. Null: there is no such ticket. */
  assign: (ownerId: string, number: number) => Promise<Ticket | null>;
  /** The same `callId` again changes nothing: money goes out once. */
  refund: (ownerId: string, refund: Refund & { callId: string }) => Promise<void>;
  refunds: (ownerId: string) => Promise<Refund[]>;
}
