import type { Statements } from '../database/statements.js';

export interface ExportFilter {
  ownerId?: string | undefined;
  sessionId?: string | undefined;
  threadId?: string | undefined;
  /** `created_at` at or after. */
  from?: Date | undefined;
  /** `created_at` before. */
  to?: Date | undefined;
}

const ROWS_PER_STATEMENT = 500;

/** The rows of `conversation_history` in order of arrival, superseded ones too, with the names of the columns. Holds a few hundred at a time. */
export async function* exportHistory({ schema, rows }: Statements, filter: ExportFilter = {}): AsyncGenerator<Record<string, unknown>> {
  let last = 0;
  for (;;) {
    const page = await rows<Record<string, unknown> & { id: number }>(
      `select to_jsonb(h)::text as result from ${schema}.conversation_history h
       where h.id > $1 and ($2::text is null or h.owner_id = $2) and ($3::text is null or h.session_id = $3)
         and ($4::text is null or h.thread_id = $4) and ($5::timestamptz is null or h.created_at >= $5) and ($6::timestamptz is null or h.created_at < $6)
       order by h.id limit $7`,
      [last, filter.ownerId ?? null, filter.sessionId ?? null, filter.threadId ?? null,
        filter.from?.toISOString() ?? null, filter.to?.toISOString() ?? null, ROWS_PER_STATEMENT],
    );
    yield* page;
    last = page.at(-1)?.id ?? last;
    if (page.length < ROWS_PER_STATEMENT) return;
  }
}
