import type { Migration } from './migration.js';

/** What starts, logs, follows and ends runs in one round trip each. */
export const runFunctions: Migration = {
  id: 6,
  name: 'run-functions',
  statements: ({ name, schema }) => [
    // Locks are taken in the order owner, thread (and thread row, in begin_turn), so that no two callers wait for each other.
    `create function ${schema}.start_run(p_scope jsonb, p_run jsonb, p_now timestamptz) returns jsonb language plpgsql as $$
     declare
       v_owner text := p_scope->>'ownerId';
       v_thread text := p_run->>'threadId';
       v_key text := p_run->>'idempotencyKey';
       v_max bigint := (p_run->>'maxPerOwner')::bigint;
       v_now timestamptz;
       v_run ${schema}.runs;
     begin
       if v_key is not null or v_max is not null then
         perform pg_advisory_xact_lock(hashtextextended('${name}.runs.owner:' || v_owner, 0));
       end if;
       perform pg_advisory_xact_lock(hashtextextended('${name}.runs.thread:' || v_owner || '/' || v_thread, 0));
       v_now := coalesce(p_now, clock_timestamp());
       if v_key is not null then
         select * into v_run from ${schema}.runs r where r.owner_id = v_owner and r.idempotency_key = v_key;
         if found then return jsonb_build_object('outcome', 'repeated', 'run', ${schema}.run_json(v_run, p_now)); end if;
       end if;
       select * into v_run from ${schema}.runs r where r.owner_id = v_owner and r.thread_id = v_thread and r.status = 'running';
       if found then return jsonb_build_object('outcome', 'busy', 'run', ${schema}.run_json(v_run, p_now)); end if;
       if v_max is not null
         and (select count(*) from ${schema}.runs r where r.owner_id = v_owner and r.status = 'running') >= v_max then
         return jsonb_build_object('outcome', 'too_many');
       end if;
       insert into ${schema}.runs (run_id, owner_id, thread_id, fence, lease_until, idempotency_key, scope, turn, started_at) values (
         p_run->>'runId', v_owner, v_thread,
         ${schema}.next_fence(greatest(
           (select max(r.fence) from ${schema}.runs r where r.owner_id = v_owner and r.thread_id = v_thread),
           (select t.fence from ${schema}.threads t where t.id = v_thread and t.owner_id = v_owner),
           0), v_now),
         v_now + (p_run->>'leaseMs')::double precision * interval '1 millisecond',
         v_key, p_scope, p_run->'turn', v_now
       ) returning * into v_run;
       return jsonb_build_object('outcome', 'started', 'run', ${schema}.run_json(v_run, v_now));
     end $$`,

    `create function ${schema}.append_run_events(
       p_run text, p_fence bigint, p_first bigint, p_last bigint, p_events text, p_snapshot_seq bigint, p_snapshot text, p_now timestamptz
     ) returns text language plpgsql as $$
     declare
       v_cancel boolean;
       v_watched timestamptz;
     begin
       update ${schema}.runs r set last_seq = greatest(r.last_seq, p_last, p_snapshot_seq)
         where r.run_id = p_run and r.fence = p_fence and r.status = 'running'
         returning r.cancel_requested, r.watched_until into v_cancel, v_watched;
       if not found then return 'stale_run'; end if;
       if p_snapshot_seq is not null then
         delete from ${schema}.run_events e where e.run_id = p_run and e.last_seq <= p_snapshot_seq;
         insert into ${schema}.run_events (run_id, first_seq, last_seq, is_snapshot, events) values (p_run, 1, p_snapshot_seq, true, p_snapshot);
       end if;
       if p_last > coalesce(p_snapshot_seq, 0) then
         insert into ${schema}.run_events (run_id, first_seq, last_seq, events) values (p_run, p_first, p_last, p_events) on conflict do nothing;
       end if;
       perform ${schema}.wake_followers(p_run, v_watched, p_now);
       return case when v_cancel then 'cancel_requested' else 'written' end;
     end $$`,

    // What the run was before its events are read: one that had ended by then has all of them in the log.
    `create function ${schema}.follow_run(p_owner text, p_run text, p_after bigint, p_rows integer, p_watch_ms integer, p_now timestamptz)
     returns json language plpgsql as $$
     declare
       v_now timestamptz := coalesce(p_now, clock_timestamp());
       v_watch interval := p_watch_ms * interval '1 millisecond';
       v_run ${schema}.runs;
     begin
       select * into v_run from ${schema}.runs r where r.run_id = p_run and r.owner_id = p_owner and r.status <> 'discarded';
       if not found then return null; end if;
       if v_run.status = 'running' and coalesce(v_run.watched_until, '-infinity') < v_now + v_watch / 2 then
         update ${schema}.runs r set watched_until = v_now + v_watch where r.run_id = p_run returning * into v_run;
         if not found then return null; end if;
       end if;
       return json_build_object('ended', v_run.status <> 'running', 'rows', (
         select coalesce(json_agg(json_build_object('first', e.first_seq, 'last', e.last_seq, 'snapshot', e.is_snapshot, 'events', e.events)
           order by e.last_seq), '[]')
         from (select * from ${schema}.run_events e where e.run_id = p_run and e.last_seq > p_after order by e.last_seq limit p_rows) e));
     end $$`,

    `create function ${schema}.discard_run(p_run text, p_fence bigint, p_now timestamptz) returns boolean language plpgsql as $$
     declare
       v_watched timestamptz;
     begin
       update ${schema}.runs r set status = 'discarded', idempotency_key = null, turn = null, ended_at = coalesce(p_now, clock_timestamp())
         where r.run_id = p_run and r.fence = p_fence and r.status = 'running'
         returning r.watched_until into v_watched;
       if not found then return false; end if;
       delete from ${schema}.run_events e where e.run_id = p_run;
       return ${schema}.wake_followers(p_run, v_watched, p_now);
     end $$`,

    `create function ${schema}.finish_run(p_run text, p_fence bigint, p_status text, p_now timestamptz) returns boolean language plpgsql as $$
     declare
       v_watched timestamptz;
     begin
       update ${schema}.runs r set status = p_status, ended_at = coalesce(p_now, clock_timestamp())
         where r.run_id = p_run and r.fence = p_fence and r.status = 'running'
         returning r.watched_until into v_watched;
       if found then
         return ${schema}.wake_followers(p_run, v_watched, p_now);
       end if;
       return exists (select from ${schema}.runs r where r.run_id = p_run and r.fence = p_fence and r.status <> 'discarded');
     end $$`,
  ],
};
