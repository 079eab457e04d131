import type { Desk, Refund, Severity, Ticket } from './ticket.ts';

/** A Postgres database: a `pg` pool or PGlite. */
export type Query = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

const TEAM = ['Robin', 'Sam', 'Alex'];

/** One statement, so that one of many instances that start together makes the tables. */
const SETUP = `DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(727002);
  CREATE TABLE IF NOT EXISTS desk_tickets (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner_id text NOT NULL, subject text NOT NULL, description text NOT NULL,
    severity text NOT NULL, assignee text, files jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS desk_refunds (
    call_id text PRIMARY KEY, owner_id text NOT NULL, order_number text NOT NULL, amount numeric(12, 2) NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
END $$`;

const COLUMNS = 'number::int AS number, subject, description, severity, assignee, files';

/** Tickets and refunds in tables of their own. */
export async function sqlDesk(query: Query): Promise<Desk> {
  await query(SETUP);
  const one = async (text: string, values: unknown[]): Promise<Ticket | null> => {
    const { rows } = await query(text, values);
    return (rows[0] as Ticket | undefined) ?? null;
  };
  return {
    open: async (ownerId, { subject, description, severity, files }) => {
      const ticket = await one(
        `INSERT INTO desk_tickets (owner_id, subject, description, severity, files) VALUES ($1, $2, $3, $4, $5::jsonb) RETURNING ${COLUMNS}`,
        [ownerId, subject, description, severity satisfies Severity, JSON.stringify(files)],
      );
      if (!ticket) throw new Error('The database did not give the new ticket back.');
      return ticket;
    },
    find: (ownerId, number) => one(`SELECT ${COLUMNS} FROM desk_tickets WHERE owner_id = $1 AND number = $2`, [ownerId, number]),
    assign: (ownerId, number) =>
      one(
        `UPDATE desk_tickets SET assignee = coalesce(assignee, ($3::text[])[1 + number % ${String(TEAM.length)}])
         WHERE owner_id = $1 AND number = $2 RETURNING ${COLUMNS}`,
        [ownerId, number, TEAM],
      ),
    refund: async (ownerId, { callId, order, amount }) => {
      await query('INSERT INTO desk_refunds (call_id, owner_id, order_number, amount) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [callId, ownerId, order, amount]);
    },
    refunds: async (ownerId) => {
      const { rows } = await query('SELECT order_number AS "order", amount::float AS amount FROM desk_refunds WHERE owner_id = $1 ORDER BY created_at', [ownerId]);
      return rows as Refund[];
    },
  };
}
