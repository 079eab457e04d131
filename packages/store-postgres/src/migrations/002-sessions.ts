import type { Migration } from './migration.js';

/** Sessions, by the hash of their token: the token itself is nowhere. */
export const sessions: Migration = {
  id: 2,
  name: 'sessions',
  statements: ({ name, schema }) => [
    `create table ${schema}.sessions (
       id text collate "C" primary key,
       token_hash text collate "C" not null unique,
       owner_id text collate "C" not null,
       label text not null,
       created_at timestamptz not null,
       last_seen_at timestamptz not null,
       expires_at timestamptz not null,
       absolute_expires_at timestamptz not null
     ) with (fillfactor = 80)`,
    `create index sessions_by_owner on ${schema}.sessions (owner_id)`,
    `create index sessions_by_expiry on ${schema}.sessions (expires_at)`,

    `create function ${schema}.session_json(s ${schema}.sessions) returns json language sql stable as $$
       select json_build_object(
         'id', s.id, 'tokenHash', s.token_hash, 'ownerId', s.owner_id, 'label', s.label,
         'createdAt', s.created_at, 'lastSeenAt', s.last_seen_at, 'expiresAt', s.expires_at)
     $$`,

    // The lock lasts as long as this one statement: racing callers count one after the other, and so never exceed the limit.
    `create function ${schema}.create_session(p_session jsonb, p_now timestamptz) returns json language plpgsql as $$
     declare
       v_owner text := p_session->>'ownerId';
       v_max bigint := (p_session->>'maxPerOwner')::bigint;
       v_now timestamptz;
       v_session ${schema}.sessions;
     begin
       if v_max is not null then
         perform pg_advisory_xact_lock(hashtextextended('${name}.sessions.owner:' || v_owner, 0));
       end if;
       v_now := coalesce(p_now, clock_timestamp());
       if v_max is not null
         and (select count(*) from ${schema}.sessions s where s.owner_id = v_owner and s.expires_at > v_now) >= v_max then
         return null;
       end if;
       insert into ${schema}.sessions values (
         p_session->>'id', p_session->>'tokenHash', v_owner, p_session->>'label', v_now, v_now,
         v_now + least((p_session->>'idleMs')::double precision, (p_session->>'absoluteMs')::double precision) * interval '1 millisecond',
         v_now + (p_session->>'absoluteMs')::double precision * interval '1 millisecond'
       ) returning * into v_session;
       return ${schema}.session_json(v_session);
     end $$`,
  ],
};
