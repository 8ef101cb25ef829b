import { carry, derive, firstOf, firstOfEach, utc, uuid, type Value } from '../../../public/index.ts';
import { always, mapping, survey, text } from '../mapping.ts';

const configKeys = survey({
  name: 'config-keys',
  from: 'public.system_configs',
  ...firstOfEach({
    reads: ['key', 'tenant_id', 'created_at', 'id'],
    key: keyOf,
    order: ['created_at', 'id'],
  }),
});

/** System-wide settings. A tenant's setting gets the tenant into its key, so that it does not apply to everybody. */
export const systemConfig = mapping({
  from: 'public.system_configs',
  to: 'system_config',
  columns: {
    id: uuid('id'),
    key: firstOf(configKeys, derive(['key', 'tenant_id'], text, keyOf, { mayBeNull: false })),
    category: carry('category'),
    value: carry('value'),
    value_type: derive(['value'], text, ({ value }) => typeOfJson(value as string), { mayBeNull: false }),
    description: carry('description'),
    is_public: always(false),
    is_secret: carry('is_sensitive'),
    is_active: always(true),
    environment: always('all'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
  },
  drops: {
    is_runtime_configurable: 'the target does not distinguish settings by it',
    version: 'the target keeps no versions',
  },
});

/** `limit` of tenant 7 → `tenant:7:limit`. */
function keyOf({ key, tenant_id }: Readonly<Record<'key' | 'tenant_id', Value>>): string {
  return tenant_id === null ? (key as string) : `tenant:${tenant_id}:${key}`;
}

const types: Readonly<Record<string, string>> = {
  '{': 'object',
  '[': 'array',
  '"': 'string',
  t: 'boolean',
  f: 'boolean',
  n: 'null',
};

/** The JSON type of a text, by its first character. */
function typeOfJson(json: string): string {
  return types[json.trim().charAt(0)] ?? 'number';
}
