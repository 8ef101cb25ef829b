import { createHmac, randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planted } from '../../fixtures/mcp-manager/planted.ts';
import { waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

/** The part of the login library that these tests use. */
interface BetterAuth {
  readonly api: {
    getSession(request: {
      headers: Headers;
    }): Promise<{ user: Record<string, unknown>; session: Record<string, unknown> } | null>;
    listUserAccounts(request: { headers: Headers }): Promise<readonly Record<string, unknown>[]>;
    signInEmail(request: { body: { email: string; password: string } }): Promise<{ user: { id: string } }>;
    signUpEmail(request: {
      body: { email: string; password: string; name: string };
    }): Promise<{ user: { id: string } }>;
  };
  readonly $context: Promise<{
    readonly password: { hash(password: string): Promise<string> };
    readonly internalAdapter: {
      findUserByEmail(email: string): Promise<{ user: { id: string } } | null>;
      findOAuthUser(email: string, accountId: string, providerId: string): Promise<{ user: { id: string } } | null>;
      updatePassword(userId: string, hash: string): Promise<unknown>;
      createAccount(account: Record<string, string>): Promise<unknown>;
    };
  }>;
}

const secret = randomBytes(32).toString('hex');
let database: TestDatabase;
let pool: pg.Pool;
let auth: BetterAuth;

beforeAll(async () => {
  database = await createPgDatabase();
  const data = resolve(import.meta.dirname, '../../fixtures/mcp-manager/data');
  const ends = ['--source', `jsonl:${data}`, '--target', database.url, '--max-rejects', '100'];
  const { code, stderr } = await waybill(await workFolder(), ['run', 'mcp-manager', ...ends]);
  if (code !== 0) throw new Error(stderr);
  pool = new pg.Pool({ connectionString: database.url, options: '-c search_path=mcp_manager_next' });
  auth = await openBetterAuth(pool);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The real package, configured with the column names of the Drizzle schema only. */
async function openBetterAuth(database: pg.Pool): Promise<BetterAuth> {
  const folder = process.env.WAYBILL_BETTER_AUTH;
  const { betterAuth } = await import(folder === undefined ? 'better-auth' : join(folder, 'dist/index.mjs'));
  const { admin } = await import(folder === undefined ? 'better-auth/plugins' : join(folder, 'dist/plugins/index.mjs'));
  const written = { createdAt: 'created_at', updatedAt: 'updated_at' };
  return betterAuth({
    database,
    secret,
    baseURL: 'http://localhost:3000',
    emailAndPassword: { enabled: true },
    user: { fields: { ...written, emailVerified: 'email_verified' } },
    session: {
      fields: {
        ...written,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
    },
    account: {
      fields: {
        ...written,
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { fields: { ...written, expiresAt: 'expires_at' } },
    plugins: [
      admin({
        schema: {
          user: { fields: { banReason: 'ban_reason', banExpires: 'ban_expires' } },
          session: { fields: { impersonatedBy: 'impersonated_by' } },
        },
      }),
    ],
  }) as BetterAuth;
}

/** The cookie of a browser, signed as the library signs it. */
function cookieOf(token: string): { headers: Headers } {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  const value = encodeURIComponent(`${token}.${signature}`);
  return { headers: new Headers({ cookie: `better-auth.session_token=${value}` }) };
}

function idOf(plant: string): string {
  return planted.find(({ id }) => id === plant)?.key as string;
}

const dana = idOf('email-in-capitals');

test('a migrated session is a session of its migrated user', async () => {
  const found = await auth.api.getSession(cookieOf('planted-live'));
  expect(found?.user).toMatchObject({ id: dana, email: 'dana.upper@example.com', emailVerified: false, banned: false });
  expect(found?.session).toMatchObject({ userId: dana, expiresAt: new Date('9999-12-31T23:59:59.999Z') });
});

test.each(['planted-ended', 'planted-inactive', 'planted-lost', 'planted-liv'])(
  'the session %s does not log anyone in',
  async (token) => {
    expect(await auth.api.getSession(cookieOf(token))).toBeNull();
  },
);

test('a user is found by e-mail in any case', async () => {
  const { internalAdapter } = await auth.$context;
  expect((await internalAdapter.findUserByEmail('Dana.Upper@Example.COM'))?.user.id).toBe(dana);
});

test('every migrated account is found by its provider, and belongs to its user', async () => {
  const { internalAdapter } = await auth.$context;
  const { rows } = await pool.query('select user_id, account_id, provider_id from account order by id');
  expect(rows.length).toBeGreaterThan(20);
  for (const { user_id, account_id, provider_id } of rows) {
    const found = await internalAdapter.findOAuthUser('nobody@example.com', account_id, provider_id);
    expect(found?.user.id).toBe(user_id);
  }
});

test('a user sees the accounts of the source', async () => {
  const accounts = await auth.api.listUserAccounts(cookieOf('planted-live'));
  expect(accounts).toMatchObject([{ providerId: 'google', accountId: 'g-1' }]);
});

test('a local user can log in once a password is set, because the source has none', async () => {
  const { internalAdapter, password } = await auth.$context;
  const local = { email: 'local@example.com', password: 'a new password' };
  await expect(auth.api.signInEmail({ body: local })).rejects.toThrow();
  await internalAdapter.updatePassword(idOf('local-login'), await password.hash(local.password));
  expect((await auth.api.signInEmail({ body: local })).user.id).toBe(idOf('local-login'));
});

test('an inactive user cannot log in even with a password', async () => {
  const { internalAdapter, password } = await auth.$context;
  const userId = idOf('inactive-administrator');
  const hash = await password.hash('a password');
  await internalAdapter.createAccount({ userId, providerId: 'credential', accountId: userId, password: hash });
  const body = { email: 'gone@example.com', password: 'a password' };
  await expect(auth.api.signInEmail({ body })).rejects.toMatchObject({ status: 'FORBIDDEN' });
});

test('a new user can sign up next to the migrated ones, but not with an existing address', async () => {
  const body = { email: 'new@example.com', password: 'a new password', name: 'New' };
  expect((await auth.api.signUpEmail({ body })).user.id).toEqual(expect.any(String));
  await expect(auth.api.signUpEmail({ body: { ...body, email: 'DANA.upper@example.com' } })).rejects.toThrow();
});
