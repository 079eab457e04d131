import type { Migration } from './migration.js';

const removeItems = (schema: string, condition: string): string => `
       with gone as (delete from ${schema}.items i where i.thread_id = v_id and ${condition} returning i.id, i.seq)
       insert into ${schema}.item_tombstones (thread_id, id, seq) select v_id, gone.id, gone.seq from gone
         on conflict (thread_id, id) do update set seq = excluded.seq;`;

/** What reads and writes threads in one round trip. */
export const threadFunctions: Migration = {
  id: 5,
  name: 'thread-functions',
  statements: ({ name, schema }) => [
    // Holding the thread's row from here to the end of the transaction is what serialises its writers.
    `create function ${schema}.write_thread(p_owner text, p_change jsonb, p_now timestamptz) returns text language plpgsql as $$
     declare
       v_id text := p_change->>'threadId';
       v_fence bigint := (p_change->>'fence')::bigint;
       v_create jsonb := p_change->'create';
       v_put jsonb := coalesce(p_change->'put', '[]');
       v_set jsonb := coalesce(p_change->'set', '{}');
       v_unset text[] := array(select jsonb_array_elements_text(coalesce(p_change->'unset', '[]')));
       v_remove text[] := array(select jsonb_array_elements_text(coalesce(p_change->'remove', '[]')));
       v_item text;
       v_attach text[] := array(select jsonb_array_elements_text(coalesce(p_change->'attach', '[]')));
       v_now timestamptz := coalesce(p_now, clock_timestamp());
       v_thread ${schema}.threads;
       v_created boolean := false;
       v_after bigint;
       v_refusal text;
     begin
       loop
         select * into v_thread from ${schema}.threads t where t.id = v_id and t.owner_id = p_owner for no key update;
         exit when found;
         if v_create is null then return 'not_found'; end if;
         -- Until the commit: a thread becomes visible only after all of its owner's that were made before.
         perform pg_advisory_xact_lock(hashtextextended('${name}.threads.owner:' || p_owner, 0));
         insert into ${schema}.threads (id, owner_id, data, created_at, updated_at)
           values (v_id, p_owner, v_create, coalesce((p_change->>'createdAt')::timestamptz, v_now), v_now)
           on conflict (id) do nothing returning * into v_thread;
         v_created := found;
         exit when v_created;
         perform from ${schema}.threads t where t.id = v_id and t.owner_id <> p_owner;
         if found then return 'not_found'; end if;
       end loop;

       if v_fence < v_thread.fence then
         v_refusal := 'stale_run';
       elsif (p_change->>'onlyIfActive')::boolean and v_thread.status <> 'active' then
         v_refusal := 'not_active';
       end if;
       if v_refusal is null and p_change->>'onlyIfPresent' is not null then
         perform from ${schema}.items i where i.thread_id = v_id and i.id = p_change->>'onlyIfPresent';
         if not found then v_refusal := 'not_found'; end if;
       end if;
       if v_refusal is null and p_change->>'removeAfter' is not null then
         select i.seq into v_after from ${schema}.items i where i.thread_id = v_id and i.id = p_change->>'removeAfter';
         if not found then v_refusal := 'not_found'; end if;
       end if;
       if v_refusal is null and cardinality(v_attach) > 0 then
         perform from ${schema}.attachments a where a.id = any (v_attach) and a.owner_id = p_owner order by a.id for no key update;
         if (select count(*) from ${schema}.attachments a
             where a.id = any (v_attach) and a.owner_id = p_owner and coalesce(a.thread_id, v_id) = v_id) < cardinality(v_attach) then
           v_refusal := 'not_found';
         end if;
       end if;
       if v_refusal is not null then
         if v_created then delete from ${schema}.threads t where t.id = v_id; end if;
         return v_refusal;
       end if;

       if v_after is not null then ${removeItems(schema, 'i.seq > v_after')}
       end if;
       -- One by one: for a list, the planner may walk over all items of the thread.
       foreach v_item in array v_remove loop ${removeItems(schema, 'i.id = v_item')}
       end loop;
       if jsonb_array_length(v_put) > 0 then
         insert into ${schema}.items (thread_id, seq, id, type, created_at, data)
           select v_id, v_thread.next_seq + p.place - 1, p.id, p.type, coalesce(p.created_at, v_now), p.data
           from rows from (jsonb_to_recordset(v_put) as (id text, type text, created_at timestamptz, data jsonb))
             with ordinality as p (id, type, created_at, data, place)
           on conflict (thread_id, id) do update set type = excluded.type, created_at = excluded.created_at, data = excluded.data;
       end if;
       update ${schema}.threads t set
         data = (t.data || v_set) - v_unset,
         next_seq = t.next_seq + jsonb_array_length(v_put),
         fence = coalesce(v_fence, t.fence),
         updated_at = v_now
         where t.id = v_id;
       if cardinality(v_attach) > 0 then
         update ${schema}.attachments a set data = (a.data - 'upload_descriptor') || jsonb_build_object('thread_id', v_id)
           where a.id = any (v_attach);
       end if;
       return 'written';
     end $$`,

    `create function ${schema}.delete_thread(p_owner text, p_thread text) returns boolean language plpgsql as $$
     begin
       with gone as (delete from ${schema}.threads t where t.id = p_thread and t.owner_id = p_owner returning t.position)
       insert into ${schema}.thread_tombstones (owner_id, id, position) select p_owner, p_thread, gone.position from gone
         on conflict (owner_id, id) do update set position = excluded.position;
       return found;
     end $$`,

    // Pages hold one row more than asked for, which tells whether there are others.
    `create function ${schema}.item_page(p_owner text, p_thread text, p_limit integer, p_after text, p_ascending boolean)
     returns json language plpgsql stable as $$
     declare
       v_after bigint;
     begin
       perform from ${schema}.threads t where t.id = p_thread and t.owner_id = p_owner;
       if not found then return null; end if;
       if p_after is not null then
         v_after := coalesce(
           (select i.seq from ${schema}.items i where i.thread_id = p_thread and i.id = p_after),
           (select d.seq from ${schema}.item_tombstones d where d.thread_id = p_thread and d.id = p_after));
         if v_after is null then return null; end if;
       end if;
       if p_ascending then
         return (select coalesce(json_agg(p.data order by p.seq), '[]') from (
           select i.seq, i.data from ${schema}.items i where i.thread_id = p_thread and i.seq > coalesce(v_after, 0)
             order by i.seq limit p_limit + 1) p);
       end if;
       return (select coalesce(json_agg(p.data order by p.seq desc), '[]') from (
         select i.seq, i.data from ${schema}.items i where i.thread_id = p_thread and i.seq < coalesce(v_after, 9223372036854775807)
           order by i.seq desc limit p_limit + 1) p);
     end $$`,

    `create function ${schema}.thread_page(p_owner text, p_limit integer, p_after text, p_ascending boolean)
     returns json language plpgsql stable as $$
     declare
       v_after bigint;
     begin
       if p_after is not null then
         v_after := coalesce(
           (select t.position from ${schema}.threads t where t.owner_id = p_owner and t.id = p_after),
           (select d.position from ${schema}.thread_tombstones d where d.owner_id = p_owner and d.id = p_after));
         if v_after is null then return null; end if;
       end if;
       if p_ascending then
         return (select coalesce(json_agg(p.data order by p.position), '[]') from (
           select t.position, t.data from ${schema}.threads t where t.owner_id = p_owner and t.position > coalesce(v_after, 0)
             order by t.position limit p_limit + 1) p);
       end if;
       return (select coalesce(json_agg(p.data order by p.position desc), '[]') from (
         select t.position, t.data from ${schema}.threads t where t.owner_id = p_owner and t.position < coalesce(v_after, 9223372036854775807)
           order by t.position desc limit p_limit + 1) p);
     end $$`,
  ],
};
