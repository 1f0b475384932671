/*
 * Generates millions of keys, as after years of use. All properties of a key derive from its number, so that two runs
 * have the same keys; times are relative to the start of today.
 */

const DAY = 24 * 60 * 60 * 1000;

/** The configured defaults, with which the portal finds every key within its policy. */
export const BOUNDS = {
  maxLifetime: 365 * DAY,
  allowUnlimited: false,
  maxInactivity: null,
};

/** Every 50th key is retiring, and the next one is its successor. */
const FAMILY_EVERY = 50;

/*
 * `draw` derives random numbers from 0 to 1 from a digest. The ids are UUIDs of version 4, as the plugin generates
 * them and its cursors require.
 */
const FUNCTIONS = `
  create function pg_temp.draw(digest bytea, n int) returns float8
    language sql immutable
    return (get_byte(digest, 3 * n) * 65536 + get_byte(digest, 3 * n + 1) * 256 + get_byte(digest, 3 * n + 2))
      / 16777216::float8;

  create function pg_temp.pick(digest bytea, n int, choices text[]) returns text
    language sql immutable
    return choices[1 + floor(pg_temp.draw(digest, n) * cardinality(choices))::int];

  create function pg_temp.key_id(i bigint) returns text
    language sql immutable
    return overlay(overlay(md5('id' || i) placing '4' from 13) placing 'a' from 17)::uuid::text;

  create function pg_temp.owner_ref(n int) returns text
    language sql immutable
    return case
      when n % 10 = 0 then 'group:default/g' || lpad(n::text, 5, '0')
      else 'user:default/u' || lpad(n::text, 5, '0')
    end;`;

const OWNERS = `
  insert into api_key_owners (owner, bounds)
  select pg_temp.owner_ref(n), $2 from generate_series(1, $1::int) as n`;

/*
 * From the innermost query outwards: the draws, the status of the key, when it was created and ended, when it was
 * used, its texts. Texts and owner of a rotated key derive from the number of its first predecessor, `family`.
 */
const KEYS = `
  with drawn as materialized (
    select i,
      case when i % ${FAMILY_EVERY} = 1 then i - 1 else i end as family,
      i % ${FAMILY_EVERY} = 0 as retiring,
      i % ${FAMILY_EVERY} = 1 as successor,
      sha512(('own' || i)::bytea) as own
    from generate_series(2, $1::bigint + 1) as i
  ), placed as materialized (
    select *,
      sha512(('family' || family)::bytea) as shared,
      case
        when retiring or successor then 'live'
        when pg_temp.draw(own, 0) < 0.15 then 'revoked'
        when pg_temp.draw(own, 0) < 0.25 then 'expired'
        when pg_temp.draw(own, 0) < 0.30 then 'unlimited'
        else 'live'
      end as state
    from drawn
  ), born as materialized (
    select *,
      case
        when successor then pg_temp.draw(own, 1) * 5
        when retiring then 6 + pg_temp.draw(own, 1) * 300
        when state = 'expired' then 31 + pg_temp.draw(own, 1) * 699
        when state = 'live' then pg_temp.draw(own, 1) * 355
        else pg_temp.draw(own, 1) * 730
      end as age
    from placed
  ), timed as materialized (
    select *,
      $2::bigint - (age * ${DAY})::bigint as created_at,
      case state
        when 'unlimited' then null
        when 'live' then $2::bigint + ((1 + pg_temp.draw(own, 2) * (364 - age)) * ${DAY})::bigint
        when 'revoked' then $2::bigint - ((age - 365 * pg_temp.draw(own, 2)) * ${DAY})::bigint + 1
        else $2::bigint - ((age - least(age, 365) * pg_temp.draw(own, 2)) * ${DAY})::bigint
      end as expires_at,
      case when state = 'revoked'
        then $2::bigint - (age * pg_temp.draw(own, 3) * ${DAY})::bigint
      end as revoked_at
    from born
  ), used as materialized (
    select *,
      case when not successor and pg_temp.draw(own, 4) < 0.7
        then greatest(
          created_at,
          least(revoked_at, expires_at, $2::bigint) - (pg_temp.draw(own, 5) * 100 * ${DAY})::bigint
        )
      end as last_used_at,
      case when pg_temp.draw(shared, 6) < 0.2 then 90 * ${DAY}::bigint end as inactivity_timeout,
      pg_temp.owner_ref(1 + floor(pg_temp.draw(shared, 7) * $3::int)::int) as owner,
      substr(md5('hint' || i), 1, 4) as hint,
      concat_ws('-',
        pg_temp.pick(shared, 8, '{deploy,backup,nightly,import,sync,release,report,scan,cleanup,notify}'),
        pg_temp.pick(shared, 9, '{payments,billing,search,ferries,tickets,crew,fleet,weather,harbour,loyalty,website,ledger}'),
        pg_temp.pick(shared, 10, '{prod,staging,test,dev}'),
        family % 1000
      ) as name,
      case when pg_temp.draw(shared, 11) < 0.3
        then 'Used by the ' || pg_temp.pick(shared, 12, '{GitHub,Jenkins,Tekton,Airflow,Terraform}')
          || ' job of ' || pg_temp.pick(shared, 13, '{the platform team,an on-call rota,data engineering,the Harbour office}')
      end as description
    from timed
  )
  insert into api_keys (
    id, secret_digest, hint, name, description, search_text, sort_name, owner, subject, created_by, created_at,
    expires_at, requested_expires_at, inactivity_timeout, requested_inactivity_timeout,
    last_used_at, last_used_ip, last_used_user_agent, use_count,
    revoked_at, revoked_by, revoked_reason,
    family_id, predecessor_id, successor_id, overlap_ends_at, access_restrictions, allowed_ips
  )
  select
    pg_temp.key_id(i), encode(sha256(('secret' || i)::bytea), 'hex'), hint, name, description,
    lower(concat_ws(E'\\n', name, coalesce(description, ''), '...' || hint)), name, owner, owner, owner, created_at,
    expires_at, expires_at, inactivity_timeout, inactivity_timeout,
    last_used_at,
    case when last_used_at is not null then '10.' || get_byte(own, 40) || '.' || get_byte(own, 41) || '.7' end,
    case when last_used_at is not null then pg_temp.pick(own, 14, '{curl/8.5.0,python-requests/2.32.3,Go-http-client/2.0,node}') end,
    case when last_used_at is null then 0 else 1 + floor(exp(pg_temp.draw(own, 15) * 8)) end,
    revoked_at,
    case when revoked_at is not null then owner end,
    case when revoked_at is not null then pg_temp.pick(own, 16, '{owner,owner,admin,leaked,offboarded}') end,
    pg_temp.key_id(family),
    case when successor then pg_temp.key_id(family) end,
    case when retiring then pg_temp.key_id(i + 1) end,
    case when retiring then least(expires_at, created_at + (age * ${DAY})::bigint + 7 * ${DAY}::bigint) end,
    case when pg_temp.draw(shared, 17) < 0.2 then '[{"plugin":"catalog"}]' end,
    case when pg_temp.draw(shared, 18) < 0.1 then '["10.0.0.0/8"]' end
  from used
  -- The order in which they would have come.
  order by created_at`;

const EVENTS = `
  insert into api_key_events (at, category, type, key_id, owner, actor, details)
  select created_at, 'AUDIT', 'created', id, owner, owner, '{}' from api_keys
  where get_byte(id::bytea, 0) < ascii('2') order by created_at`;

/**
 * Fills the tables of a portal that has no keys yet.
 *
 * @param {import('pg').Client} client - of the plugin's database
 */
export async function generateKeys(client, { keys, owners }) {
  const today = Math.floor(Date.now() / DAY) * DAY;
  await client.query(FUNCTIONS);
  await client.query(OWNERS, [owners, JSON.stringify(BOUNDS)]);
  await client.query(KEYS, [keys, today, owners]);
  await client.query(EVENTS);
  await client.query('vacuum (analyze)');
}

/**
 * Uses one key in a hundred, as a flush of uses would.
 *
 * @param {import('pg').Client} client - of the plugin's database
 */
export async function useKeys(client) {
  await client.query(
    `update api_keys set last_used_at = $1, use_count = use_count + 1
      where id < '028f' and revoked_at is null`,
    [Date.now()],
  );
}
