import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../../fixtures/mcp-manager/generate.ts';
import { planted } from '../../../fixtures/mcp-manager/planted.ts';
import { type CommandResult, recordsOf, reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

let folder: string;
let source: TestDatabase;
let target: TestDatabase;
let run: readonly string[];

beforeAll(async () => {
  folder = await workFolder();
  [source, target] = [await createPgDatabase(), await createPgDatabase()];
  await generate({ url: source.url, scale: 1, seed: 1, defects: true, replace: true });
  run = ['run', 'mcp-manager', '--source', source.url, '--target', target.url, '--max-rejects', '100'];
});

afterAll(() => Promise.all([source.drop(), target.drop()]));

async function query(url: string, sql: string, values: readonly unknown[] = []): Promise<Record<string, string>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("set session_replication_role = replica; set timezone = 'UTC'");
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

function expectPass({ code, stderr, stdout }: CommandResult): void {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

describe('mcp-manager from PostgreSQL', () => {
  it('plans without a problem: 21 tables and no column unaccounted for', async () => {
    const { code, stdout } = await waybill(folder, ['plan', 'mcp-manager', '--source', source.url]);
    expect(stdout).toContain('21 tables, 322 columns accounted for, 0 columns unaccounted');
    expect(stdout).toContain('live source: matches');
    expect(code).toBe(0);
  });

  it('gives the same digests directly and through JSON Lines, in any session time zone', async () => {
    expectPass(await waybill(folder, [...run, '--run', 'direct']));
    const zone = { PGTZ: 'America/New_York', PGOPTIONS: '-c timezone=Asia/Tokyo' };
    const staged = ['--staged', '--run', 'staged', '--target-schema', 'mcp_staged', '--part-rows', '7', '--check-rows'];
    expectPass(await waybill(folder, [...run, ...staged], zone));
    const [direct, through] = [await reportOf(folder, 'direct'), await reportOf(folder, 'staged')];
    expect(through.tables).toEqual(direct.tables);
    expect(direct.tables).toHaveLength(23);
    for (const t of direct.tables) expect([t.target, t.loaded + t.rejected + t.filtered]).toEqual([t.target, t.read]);
  });

  it('gives the same digests stage by stage, each in a separate process', async () => {
    const [from, into] = [
      ['--source', source.url],
      ['--target', target.url],
    ] as const;
    const stages = [
      ['export', 'mcp-manager', ...from],
      ['transform', 'mcp-manager', '--max-rejects', '100'],
      ['import', 'mcp-manager', ...into, '--target-schema', 'mcp_stages', '--max-rejects', '100'],
      ['validate', 'mcp-manager', ...from, ...into],
    ];
    for (const stage of stages) expectPass(await waybill(folder, [...stage, '--run', 'stages']));
    expect((await reportOf(folder, 'stages')).tables).toEqual((await reportOf(folder, 'direct')).tables);
  });

  it('records every planted defect as the planted list says, and nothing else', async () => {
    const becomes = planted.flatMap(({ table, becomes }) => becomes.map((each) => ({ ...each, from: table })));
    const expected = becomes
      .filter(({ kind }) => kind === 'adjustment' || kind === 'reject')
      .map(({ from, table, kind, rule }) => `public.${from} > ${table} ${kind} ${rule}`);
    const found = await recordsOf(folder, 'direct');
    const exact = found.filter(({ kind }) => kind !== 'filter');
    expect(exact.map((r) => `${r.mapping} ${r.kind} ${r.rule}`).sort()).toEqual(expected.sort());
  });

  it('filters the planted rows, and otherwise only users without a login and ended sessions', async () => {
    const found = (await recordsOf(folder, 'direct')).filter(({ kind }) => kind === 'filter');
    const names = found.map((r) => `${r.mapping} ${r.rule} ${r.key}`);
    const wanted = planted.flatMap(({ table, key, becomes }) =>
      becomes.filter(({ kind }) => kind === 'filter').map((b) => `public.${table} > ${b.table} ${b.rule} id=${key}`),
    );
    expect(wanted.length).toBe(5);
    expect(names).toEqual(expect.arrayContaining(wanted));
    const [counts] = await query(
      source.url,
      `select (select count(*) from users where auth_provider is null and auth_provider_id is null) as users,
        (select count(*) from sessions s join users u on u.id = s.user_id where not (s.is_active and u.is_active)) as sessions`,
    );
    const count = (rule: string): string => String(found.filter((r) => r.rule === rule).length);
    expect({ users: count('no-login-provider'), sessions: count('ended-session') }).toEqual(counts);
  });

  it('stores every planted value as the planted list says', async () => {
    for (const { id, key, becomes } of planted) {
      for (const { table, column, value, id: ownId } of becomes) {
        if (column === undefined) continue;
        const rows = await query(
          target.url,
          `select ("${column}")::text as v from mcp_manager_next."${table}" where id::text = $1`,
          [ownId ?? key],
        );
        expect([id, column, rows.map(({ v }) => v)]).toEqual([id, column, [value]]);
      }
    }
  });

  it('loads no rejected row', async () => {
    for (const { id, key, becomes } of planted) {
      for (const { table } of becomes.filter(({ kind }) => kind === 'reject' || kind === 'filter')) {
        const rows = await query(target.url, `select id from mcp_manager_next."${table}" where id::text = $1`, [key]);
        expect([id, table, rows]).toEqual([id, table, []]);
      }
    }
  });

  it('recounts the users and servers of each tenant', async () => {
    const wrong = await query(
      target.url,
      `select t.id from mcp_manager_next.tenant t
       where t.current_users <> (select count(*) from mcp_manager_next."user" u where u.tenant_id = t.id)
         or t.current_servers <> (select count(*) from mcp_manager_next.mcp_server s where s.tenant_id = t.id)`,
    );
    expect(wrong).toEqual([]);
    const { checks } = await reportOf(folder, 'direct');
    const figures = checks.filter(({ check }) => check === 'derived-counts');
    expect(figures.map(({ subject, verdict }) => [subject, verdict])).toEqual([
      ['tenant.current_users', 'pass'],
      ['tenant.current_servers', 'pass'],
    ]);
  });

  it('names a tenant whose figure is not the number of its rows', async () => {
    const [{ id }] = (await query(target.url, `select id from mcp_manager_next.tenant order by id limit 1`)) as [
      { id: string },
    ];
    const change = (by: string) =>
      query(target.url, `update mcp_manager_next.tenant set current_servers = current_servers ${by} where id = $1`, [
        id,
      ]);
    await change('+ 1');
    const { code } = await waybill(folder, [
      ...['validate', 'mcp-manager', '--run', 'direct', '--source', source.url, '--target', target.url],
    ]);
    await change('- 1');
    const { checks } = await reportOf(folder, 'direct');
    const [found] = checks.filter(({ check, verdict }) => check === 'derived-counts' && verdict === 'fail');
    expect([code, found?.subject, found?.sampleKeys]).toEqual([1, 'tenant.current_servers', [`id=${id}`]]);
  });

  it('assigns rows without an owner to the user of --param owner', async () => {
    const [{ id: owner }] = (await query(source.url, `select id from users where username = 'dana'`)) as [
      { id: string },
    ];
    const own = ['--param', `owner=${owner}`, '--run', 'owned', '--target-schema', 'mcp_owned'];
    expectPass(await waybill(folder, [...run, ...own]));
    const rows = await query(target.url, `select distinct owner_id from mcp_owned.mcp_server where tenant_id is null`);
    expect(rows).toEqual([{ owner_id: owner }]);
  });

  it('rejects rows without an owner, and their children, when --param owner is not a user', async () => {
    const own = ['--param', 'owner=nobody', '--run', 'unowned', '--target-schema', 'mcp_unowned'];
    const result = await waybill(folder, [...run.slice(0, -1), '10000', ...own]);
    expectPass(result);
    const rejects = (await recordsOf(folder, 'unowned')).filter(({ rule }) => rule === 'no-owner');
    expect(new Set(rejects.map(({ mapping }) => mapping))).toEqual(
      new Set(['public.api_keys > api_token', 'public.mcp_servers > mcp_server', 'public.tenants > tenant']),
    );
  });
});

it('names all differences from the contract, including columns that a survey would read', async () => {
  const other = await createPgDatabase();
  await generate({ url: other.url, scale: 1, seed: 1, defects: false, replace: true });
  await query(
    other.url,
    'alter table users drop column email; alter table tenants drop column name; drop table server_tools',
  );
  const args = ['run', 'mcp-manager', '--source', other.url, '--target', target.url, '--target-schema', 'mcp_drift'];
  const { code, stderr } = await waybill(folder, args);
  await other.drop();
  for (const subject of ['public.users.email', 'public.tenants.name', 'public.server_tools'])
    expect(stderr).toContain(subject);
  expect(code).toBe(3);
});

/** Changes that would grant, extend or deny somebody access. */
const mutations = [
  { what: 'a raised role', subject: 'roles', change: `update "user" set role = 'admin' where role = 'readonly'` },
  { what: 'a ban that was lifted', subject: 'roles', change: 'update "user" set banned = false where banned' },
  {
    what: 'another e-mail address',
    subject: 'users by e-mail',
    change: `update "user" set email = 'x' where email like 'dana%'`,
  },
  {
    what: 'a lost user name',
    subject: 'users by e-mail',
    change: `update "user" set preferences = '{}' where email like 'dana%'`,
  },
  {
    what: 'another provider',
    subject: 'users by provider',
    change: `update account set provider_id = 'x' where provider_id = 'credential'`,
  },
  {
    what: 'an account of somebody else',
    subject: 'users by provider',
    change: `update account set user_id = 'the-owner' where provider_id = 'credential'`,
  },
  {
    what: 'a session that lives longer',
    subject: 'sessions of the login',
    change: `update session set expires_at = expires_at + interval '1 day' where token = (select min(token) from session)`,
  },
  {
    what: 'an ended session that lives again',
    subject: 'sessions of the login',
    change: `insert into session (id, token, user_id, expires_at, created_at, updated_at) values ('x', 'planted-ended', 'the-owner', now(), now(), now())`,
  },
  {
    what: 'another session token',
    subject: 'sessions of the backend',
    change: `update sessions set session_token = 'x' where session_token = 'planted-ended'`,
  },
  {
    what: 'another key hash',
    subject: 'tokens',
    change: `update api_token set token_hash = 'x' where token_hash = 'planted-hash-1'`,
  },
  {
    what: 'a token of wider scope',
    subject: 'tokens',
    change: `update api_token set scopes = '["admin"]' where token_hash = 'planted-hash-1'`,
  },
  {
    what: 'a key without its lock',
    subject: 'enhanced keys',
    change: 'update enhanced_api_keys set is_locked = false where is_locked',
  },
  {
    what: 'access that became write access',
    subject: 'access',
    change: 'update server_access_control set can_write = true where not can_write',
  },
  {
    what: 'an owner who is not a user',
    subject: 'owners',
    change: `update tenant set owner_id = 'nobody' where id = 'tenant-main'`,
  },
] as const;

describe('the validator for authentication', () => {
  it.each(mutations)('finds $what', async ({ subject, change }) => {
    const table = (/(?:update|into) (\S+)/.exec(change) as unknown as [string, string])[1];
    await query(target.url, `create table public.kept as select * from mcp_manager_next.${table}`);
    await query(target.url, `set search_path = mcp_manager_next; ${change}`);
    const args = [
      'validate',
      'mcp-manager',
      '--source',
      source.url,
      '--target',
      target.url,
      '--run',
      'direct',
      '--json',
    ];
    const { code, stdout } = await waybill(folder, args);
    await query(target.url, `delete from mcp_manager_next.${table}`);
    await query(target.url, `insert into mcp_manager_next.${table} select * from public.kept`);
    await query(target.url, 'drop table public.kept');
    expect(code).toBe(1);
    const { checks } = JSON.parse(stdout) as Awaited<ReturnType<typeof reportOf>>;
    const failed = checks.filter((c) => c.check === 'authentication' && c.verdict === 'fail');
    expect(failed.map((c) => c.subject)).toEqual([expect.stringContaining(subject)]);
  });

  it('passes again once the data is restored', async () => {
    expectPass(
      await waybill(folder, [
        'validate',
        'mcp-manager',
        '--source',
        source.url,
        '--target',
        target.url,
        '--run',
        'direct',
      ]),
    );
  });
});
