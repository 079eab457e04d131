import { pageLimit, type HistoryQuery, type HistoryStore, type OwnerScope, type TurnRecord } from '@chatkit-selfhost/core';
import type { Parameter, Statements } from '../database/statements.js';
import { toJson } from '../database/to-json.js';
import { toPage } from '../page.js';
import type { PartLifecycle } from '../part-lifecycle.js';

type StoredTurn = Omit<TurnRecord, 'createdAt'> & { createdAt: string };

/** `conversation_history` in Postgres. */
export function historyStore({ schema, one, rows }: Statements, lifecycle: PartLifecycle): HistoryStore {
  return {
    ...lifecycle,

    add: async ({ ownerId }, turn) => {
      await rows(`select ${schema}.add_history($1, $2::jsonb)::text as result`, [ownerId, toJson(turn)]);
    },

    query: async (scope, query) => {
      const { text, values } = pageStatement(schema, scope, query);
      const turns = await one<StoredTurn[]>(text, values);
      return turns && toPage(turns.map((turn) => ({ ...turn, createdAt: new Date(turn.createdAt) })), query, ({ runId }) => runId);
    },

    deleteOwner: async ({ ownerId }) => {
      await rows(`delete from ${schema}.conversation_history h where h.owner_id = $1`, [ownerId]);
    },
  };
}

/** Only the conditions that are asked for: each then finds its own index. */
function pageStatement(schema: string, { ownerId }: OwnerScope, query: HistoryQuery): { text: string; values: Parameter[] } {
  const values: Parameter[] = [];
  const parameter = (value: Parameter): string => `$${String(values.push(value))}`;
  const conditions = [`h.owner_id = ${parameter(ownerId)}`];
  if (query.runId !== undefined) conditions.push(`h.run_id = ${parameter(query.runId)}`);
  if (query.sessionId !== undefined) conditions.push(`h.session_id = ${parameter(query.sessionId)}`);
  if (query.threadId !== undefined) conditions.push(`h.thread_id = ${parameter(query.threadId)}`);
  if (query.type !== undefined) conditions.push(`h.response_type = ${parameter(query.type)}`);
  if (query.from !== undefined) conditions.push(`h.created_at >= ${parameter(query.from.toISOString())}::timestamptz`);
  if (query.to !== undefined) conditions.push(`h.created_at < ${parameter(query.to.toISOString())}::timestamptz`);

  const inList = conditions.join(' and ');
  const ascending = query.order === 'asc';
  const direction = ascending ? 'asc' : 'desc';
  const live = query.includeSuperseded ? 'true' : 'not h.superseded';
  // A record that was replaced since it was read is still a place in the list.
  const cursor = query.after === undefined
    ? null
    : `(select h.id from ${schema}.conversation_history h where ${inList} and h.run_id = ${parameter(query.after)})`;
  const beyond = cursor === null ? 'true' : `h.id ${ascending ? '>' : '<'} ${cursor}`;
  const page = `select coalesce(json_agg(${schema}.turn_json(p.turn) order by p.id ${direction}), '[]') from (
      select h.id, h as turn from ${schema}.conversation_history h where ${inList} and ${live} and ${beyond}
      order by h.id ${direction} limit ${parameter(pageLimit(query) + 1)}::integer) p`;
  return { text: `select (${cursor === null ? page : `select case when ${cursor} is not null then (${page}) end`})::text as result`, values };
}
