import type { Migration } from './migration.js';

/** `conversation_history`: one row for each turn. */
export const history: Migration = {
  id: 3,
  name: 'history',
  statements: ({ name, schema }) => [
    `create table ${schema}.conversation_history (
       id bigint generated always as identity primary key,
       session_id text,
       user_id text,
       user_message text not null,
       agent_response text not null,
       response_type text not null default 'text',
       structured_data jsonb,
       created_at timestamptz not null,
       owner_id text collate "C" not null,
       thread_id text collate "C" not null,
       run_id text collate "C" not null unique,
       user_item_id text collate "C",
       outcome text not null check (outcome in ('completed', 'cancelled', 'error', 'interrupted')),
       superseded boolean not null default false
     )`,
    `create index conversation_history_by_owner on ${schema}.conversation_history (owner_id, id)`,
    `create index conversation_history_by_session on ${schema}.conversation_history (session_id, id)`,
    `create index conversation_history_by_thread on ${schema}.conversation_history (thread_id, id)`,
    `create index conversation_history_by_user on ${schema}.conversation_history (user_id, id)`,
    `create index conversation_history_by_time on ${schema}.conversation_history (created_at, id)`,

    `create function ${schema}.turn_json(h ${schema}.conversation_history) returns json language sql stable as $$
       select json_build_object(
         'runId', h.run_id, 'ownerId', h.owner_id, 'threadId', h.thread_id, 'sessionId', h.session_id, 'userId', h.user_id,
         'userItemId', h.user_item_id, 'userMessage', h.user_message, 'agentResponse', h.agent_response, 'responseType', h.response_type,
         'structuredData', h.structured_data, 'outcome', h.outcome, 'createdAt', h.created_at)
     $$`,

    // The lock is held until the commit: a record becomes visible only after all of its owner's with lower ids, so a reader that follows
    // them misses none, and of two records for the same message one sees the other.
    `create function ${schema}.add_history(p_owner text, p_turn jsonb) returns boolean language plpgsql as $$
     declare
       v_thread text := p_turn->>'threadId';
       v_item text := p_turn->>'userItemId';
       v_superseded boolean := coalesce((p_turn->>'superseded')::boolean, false);
       v_id bigint;
     begin
       perform pg_advisory_xact_lock(hashtextextended('${name}.history.owner:' || p_owner, 0));
       insert into ${schema}.conversation_history (
         session_id, user_id, user_message, agent_response, response_type, structured_data, created_at,
         owner_id, thread_id, run_id, user_item_id, outcome, superseded
       ) values (
         p_turn->>'sessionId', p_turn->>'userId', p_turn->>'userMessage', p_turn->>'agentResponse', p_turn->>'responseType',
         nullif(p_turn->'structuredData', 'null'), (p_turn->>'createdAt')::timestamptz,
         p_owner, v_thread, p_turn->>'runId', v_item, p_turn->>'outcome', v_superseded
       ) on conflict (run_id) do nothing returning id into v_id;
       if v_id is not null and v_item is not null and not v_superseded then
         update ${schema}.conversation_history h set superseded = true
           where h.thread_id = v_thread and h.owner_id = p_owner and h.user_item_id = v_item and h.id < v_id and not h.superseded;
       end if;
       return v_id is not null;
     end $$`,
  ],
};
