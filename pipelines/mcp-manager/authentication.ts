import {
  type CheckResult,
  checkSubject,
  type Finding,
  plural,
  type ValidationContext,
  type Validator,
  type Value,
} from '../../public/index.ts';
import { compareRows, keptId, type Look, type SourceRow, sourceRows, targetRows } from './statistics.ts';

const USERS = 'public.users > user';

/**
 * Checks that every user can still log in and nobody gains access: users are found by their credentials, accounts match
 * providers, sessions and keys keep tokens, hashes, salts and expiry, roles and access are unchanged. It maps no row. Each
 * decision of a rule is implemented here a second time, independently.
 */
export const authentication: Validator = {
  name: 'authentication',
  proves:
    'Users, roles, accounts, sessions, keys and access rules of the target grant the same access as those of the source, compared without the mapping rules.',
  cannotSee: 'Whether the login library accepts the carried tokens, hashes and salts, which only a login shows.',
  async *run(context): AsyncIterable<Finding> {
    const active = await activeUsers(context);
    for (const [subject, look] of Object.entries({ ...userLooks, ...sessionLooks(active), ...keyLooks })) {
      yield await checkSubject(subject, () => compareRows(context, look));
    }
    yield await checkSubject('owners are users', () => lookForOwners(context));
  },
};

const flag = (value: Value | undefined): string => (value ? 't' : 'f');
const word = (value: Value | undefined): string | null => (value ?? null) as string | null;

/** A UTC timestamp as the target prints it. */
function moment(value: Value | undefined): string | null {
  const text = word(value);
  return text === null || text.endsWith('infinity') ? text : text.replace(/( BC)?$/, '+00$1');
}

const userLooks: Readonly<Record<string, Look>> = {
  'users by e-mail and user name': {
    mapping: USERS,
    columns: ['email', 'id', 'preferences'],
    expect: (u) => [(u.email as string).toLowerCase(), word(u.id), word(u.username)],
    found: ({ email, id, preferences }) => [email ?? null, id ?? null, userName(preferences ?? null)],
  },
  'users by provider': {
    mapping: 'public.users > account',
    columns: ['id', 'user_id', 'provider_id', 'account_id'],
    expect: (u) => {
      if (u.auth_provider === null && u.auth_provider_id === null) return null;
      const isLocal = u.auth_provider === 'local' && u.auth_provider_id === null;
      const login = isLocal ? ['credential', word(u.id)] : [word(u.auth_provider), word(u.auth_provider_id)];
      return [word(u.id), word(u.id), ...login];
    },
    found: Object.values,
  },
  'roles and blocked users': {
    mapping: USERS,
    columns: ['id', 'role', 'tenant_id', 'is_active', 'banned'],
    expect: (u) => [word(u.id), String(u.role).toLowerCase(), word(u.tenant_id), flag(u.is_active), flag(!u.is_active)],
    found: Object.values,
  },
};

function userName(preferences: string | null): string | null {
  return preferences === null ? null : (JSON.parse(preferences)._legacy?.username ?? null);
}

function sessionLooks(active: ReadonlySet<string>): Readonly<Record<string, Look>> {
  const isLive = (s: SourceRow): boolean => s.is_active === true && active.has(s.user_id as string);
  return {
    'sessions of the backend': {
      mapping: 'public.sessions > sessions',
      columns: ['session_token', 'user_id', 'expires_at', 'is_active'],
      expect: (s) => [word(s.session_token), word(s.user_id), word(s.expires_at), flag(s.is_active)],
      found: Object.values,
    },
    'sessions of the login library': {
      mapping: 'public.sessions > session',
      columns: ['token', 'user_id', 'expires_at', 'is_revoked'],
      expect: (s) => (isLive(s) ? [word(s.session_token), word(s.user_id), moment(s.expires_at), 'f'] : null),
      found: Object.values,
    },
  };
}

const keyLooks: Readonly<Record<string, Look>> = {
  tokens: {
    mapping: 'public.api_keys > api_token',
    columns: ['token_hash', 'token_prefix', 'expires_at', 'is_active', 'tenant_id', 'scopes', 'type', 'user_id'],
    expect: (k) => [
      ...[word(k.key_hash), word(k.key_prefix), moment(k.expires_at), flag(k.is_active), word(k.tenant_id)],
      ...[word(k.scopes), k.user_id === null ? 'service' : word(k.user_id)],
    ],
    found: ({ type, user_id, ...kept }) => [...Object.values(kept), type === 'service' ? type : (user_id ?? null)],
  },
  'enhanced keys': {
    mapping: 'public.enhanced_api_keys > enhanced_api_keys',
    columns: [
      'key_hash',
      'salt',
      'key_prefix',
      'user_id',
      'tenant_id',
      'scopes',
      'expires_at',
      'is_active',
      'is_locked',
    ],
    expect: (k) => [
      ...[word(k.key_hash), word(k.salt), word(k.key_prefix), word(k.user_id), word(k.tenant_id), word(k.scopes)],
      ...[word(k.expires_at), flag(k.is_active), flag(k.is_locked)],
    ],
    found: Object.values,
  },
  'access to servers': {
    mapping: 'public.server_access_control > server_access_control',
    columns: [
      'id',
      'server_id',
      'user_id',
      'tenant_id',
      'api_key_id',
      'can_read',
      'can_write',
      'can_admin',
      'can_proxy',
    ],
    expect: (a) => [
      ...[
        word(a.id),
        word(a.server_id),
        word(a.user_id),
        word(a.tenant_id),
        keptId('enhanced_api_keys', a.api_key_id ?? null),
      ],
      ...[flag(a.can_read), flag(a.can_write), flag(a.can_admin), flag(a.can_proxy)],
    ],
    found: Object.values,
  },
};

async function activeUsers(context: ValidationContext): Promise<ReadonlySet<string>> {
  const active = new Set<string>();
  const users = context.plan.mappings.find(({ source }) => source.name === 'public.users');
  if (users === undefined) return active;
  for await (const { id, is_active } of sourceRows(context, users)) if (is_active) active.add(id as string);
  return active;
}

/** The target declares no foreign key for them. */
const owners = { tenant: 'owner_id', mcp_server: 'owner_id', api_token: 'user_id' } as const;

async function lookForOwners(context: ValidationContext): Promise<CheckResult> {
  const users = new Set<string | null>();
  for await (const { id } of targetRows(context, 'user', ['id'])) users.add(id ?? null);
  let owned = 0;
  const strays: string[] = [];
  for (const [table, column] of Object.entries(owners)) {
    for await (const row of targetRows(context, table, ['id', column])) {
      owned++;
      if (!users.has(row[column] ?? null)) strays.push(`${table}.id=${row.id}`);
    }
  }
  return {
    verdict: strays.length === 0 ? 'pass' : 'fail',
    expected: owned,
    actual: owned - strays.length,
    sampleKeys: strays.slice(0, context.maxKeys),
    notes: strays.length === 0 ? [] : [`${plural(strays.length, 'row')} whose owner is not a user`],
  };
}
