import type { Parameter, Statements } from '../database/statements.js';

export interface ExportFilter {
  ownerId?: string | undefined;
  sessionId?: string | undefined;
  threadId?: string | undefined;
  /** The response type, as `text` or `item_created`. */
  type?: string | undefined;
  /** `created_at` at or after. */
  from?: Date | undefined;
  /** `created_at` before. */
  to?: Date | undefined;
}

const ROWS_PER_STATEMENT = 500;

/** The columns of a row, among them those that pages go by. */
type HistoryRow = Record<string, unknown> & { id: number; created_at: string };

/**
 * The rows of `conversation_history`, superseded ones too, with the names of the columns: in order of arrival, or with `from` or `to` in order
 * of `created_at`, so that only the time asked for is read. Holds a few hundred at a time.
 */
export async function* exportHistory({ schema, rows }: Statements, filter: ExportFilter = {}): AsyncGenerator<Record<string, unknown>> {
  let last: HistoryRow | undefined;
  for (;;) {
    const { text, values } = pageStatement(schema, filter, last);
    const page = await rows<HistoryRow>(text, values);
    yield* page;
    last = page.at(-1);
    if (page.length < ROWS_PER_STATEMENT) return;
  }
}

/** Only the conditions that are asked for: each then finds its own index. */
function pageStatement(schema: string, filter: ExportFilter, last: HistoryRow | undefined): { text: string; values: Parameter[] } {
  const values: Parameter[] = [];
  const parameter = (value: Parameter): string => `$${String(values.push(value))}`;
  const conditions: string[] = [];
  if (filter.ownerId !== undefined) conditions.push(`h.owner_id = ${parameter(filter.ownerId)}`);
  if (filter.sessionId !== undefined) conditions.push(`h.session_id = ${parameter(filter.sessionId)}`);
  if (filter.threadId !== undefined) conditions.push(`h.thread_id = ${parameter(filter.threadId)}`);
  if (filter.type !== undefined) conditions.push(`h.response_type = ${parameter(filter.type)}`);
  if (filter.from !== undefined) conditions.push(`h.created_at >= ${parameter(filter.from.toISOString())}::timestamptz`);
  if (filter.to !== undefined) conditions.push(`h.created_at < ${parameter(filter.to.toISOString())}::timestamptz`);

  const byTime = filter.from !== undefined || filter.to !== undefined;
  const order = byTime ? 'h.created_at, h.id' : 'h.id';
  // The row's own text, not a `Date`: that would lose the microseconds.
  if (last) conditions.push(byTime ? `(${order}) > (${parameter(last.created_at)}::timestamptz, ${parameter(last.id)}::bigint)` : `${order} > ${parameter(last.id)}::bigint`);
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  return {
    text: `select to_jsonb(h)::text as result from ${schema}.conversation_history h ${where} order by ${order} limit ${parameter(ROWS_PER_STATEMENT)}::integer`,
    values,
  };
}
