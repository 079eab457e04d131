import type { Migration } from './migration.js';

/** The beginning and the end of a turn: what belongs together over several parts, in one round trip. */
export const turnFunctions: Migration = {
  id: 7,
  name: 'turn-functions',
  statements: ({ schema }) => [
    `create function ${schema}.begin_turn(
       p_scope jsonb, p_run jsonb, p_write jsonb, p_limit integer, p_after text, p_ascending boolean, p_now timestamptz
     ) returns json language plpgsql as $$
     declare
       v_owner text := p_scope->>'ownerId';
       v_started jsonb := ${schema}.start_run(p_scope, p_run, p_now);
       v_written text;
     begin
       if v_started->>'outcome' <> 'started' then return v_started; end if;
       v_written := ${schema}.write_thread(v_owner, jsonb_build_object('fence', v_started->'run'->'fence') || p_write, p_now);
       if v_written <> 'written' then
         delete from ${schema}.runs r where r.run_id = p_run->>'runId';
         return json_build_object('outcome', case v_written when 'not_active' then 'not_active' else 'not_found' end);
       end if;
       return json_build_object(
         'outcome', 'started',
         'run', v_started->'run',
         'thread', (select t.data from ${schema}.threads t where t.id = p_write->>'threadId'),
         'items', ${schema}.item_page(v_owner, p_write->>'threadId', p_limit, p_after, p_ascending));
     end $$`,

    // A repeated call whose first one ended the turn writes nothing again: another run may have the thread by now.
    `create function ${schema}.end_turn(p_owner text, p_run text, p_fence bigint, p_status text, p_write jsonb, p_turn jsonb, p_now timestamptz)
     returns text language plpgsql as $$
     declare
       v_status text;
       v_written text;
     begin
       select r.status into v_status from ${schema}.runs r
         where r.run_id = p_run and r.fence = p_fence and r.owner_id = p_owner and r.status <> 'discarded' for no key update;
       if not found then return 'stale_run'; end if;
       if v_status <> 'running' and exists (select from ${schema}.conversation_history h where h.run_id = p_run and h.owner_id = p_owner) then
         return 'written';
       end if;
       v_written := ${schema}.write_thread(p_owner, p_write, p_now);
       if v_written = 'stale_run' then return v_written; end if;
       perform ${schema}.finish_run(p_run, p_fence, p_status, p_now);
       -- Last, since it holds up the other turns of this owner until the commit.
       perform ${schema}.add_history(p_owner, p_turn);
       return case v_written when 'written' then 'written' else 'not_found' end;
     end $$`,
  ],
};
