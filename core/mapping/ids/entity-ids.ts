import { sha1 } from './sha1.ts';

/**
 * Ids that carry the legacy key. An integer key of 0 … 2⁶²-1 becomes a UUID version 8 (RFC 9562): 60 bits of a hash of
 * tenant and entity in front, the integer in the last 62 bits, so ids sort as the keys do, two tenants never meet, and
 * `keyOfId` reads the key back. Any other key becomes a UUID version 5 of tenant, entity and key.
 *
 *     hhhhhhhh-hhhh-8hhh-vkkk-kkkkkkkkkkkk      h: hash, 8: version, v: variant bits 10 and key bits, k: key
 */
export interface EntityIds {
  /** Of an integer key in canonical decimal text; a negative one or one over 62 bits gets a version 5 UUID. */
  ofInteger(key: string): string;
  /** Of any other key; the text is used as it is, so fold it first where the source compares loosely. */
  ofText(key: string): string;
}

const encoder = new TextEncoder();
const MAX_SAFE_DIGITS = 15;
const LIMIT = 1n << 62n;

/** The id maker of one entity (a target table) of one tenant; `tenant` is null for data that all tenants share. */
export function entityIds(tenant: string | null, entity: string): EntityIds {
  const scope = `${tenant === null ? 'shared' : `tenant:${tenant}`}\u0000${entity}`;
  const prefix = prefixOf(scope);
  const ofText = (key: string): string => uuidVersion5(`${scope}\u0000${key}`);
  return {
    ofText,
    ofInteger(key) {
      if (key.length <= MAX_SAFE_DIGITS && key.charCodeAt(0) !== 45) {
        const n = Number(key);
        return prefix + hexTail(Math.floor(n / 0x1000000000000), n % 0x1000000000000);
      }
      const n = BigInt(key);
      if (n < 0n || n >= LIMIT) return ofText(key);
      return prefix + hexTail(Number(n >> 48n), Number(n & 0xffffffffffffn));
    },
  };
}

/** `h…h-8hhh-vkkk-kkkkkkkkkkkk` with the variant bits 10 at v. */
const version8 = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** The legacy integer key inside a version 8 id made here, in either case; null for any other text. */
export function keyOfId(uuid: string): bigint | null {
  if (!version8.test(uuid)) return null;
  const tail = BigInt(`0x${uuid.slice(19, 23)}${uuid.slice(24)}`);
  return tail & (LIMIT - 1n);
}

/** Whether a version 8 id, in either case, belongs to this tenant and entity. */
export function isIdOf(uuid: string, tenant: string | null, entity: string): boolean {
  return uuid.toLowerCase().startsWith(entityIds(tenant, entity).ofInteger('0').slice(0, 19));
}

/** The id of a tenant itself: a version 5 UUID of its name. */
export function tenantId(tenant: string): string {
  return uuidVersion5(`tenant\u0000${tenant}`);
}

/** `hhhhhhhh-hhhh-8hhh-`: 60 bits of SHA-1 of the scope around the version digit. */
function prefixOf(scope: string): string {
  const [a, b] = sha1(encoder.encode(`waybill\u0000${scope}`));
  const hex = hex32(a) + hex32(b);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(12, 15)}-`;
}

function hexTail(high14: number, low48: number): string {
  return `${(0x8000 | high14).toString(16)}-${low48.toString(16).padStart(12, '0')}`;
}

/** The fixed word before the name serves as waybill's namespace. */
function uuidVersion5(name: string): string {
  const [a, b, c, d] = sha1(encoder.encode(`waybill\u0000${name}`));
  const third = ((b & 0x0fff) | 0x5000).toString(16);
  const fourth = (((c >>> 16) & 0x3fff) | 0x8000).toString(16);
  return `${hex32(a)}-${hex32(b).slice(0, 4)}-${third}-${fourth}-${hex32(c).slice(4)}${hex32(d)}`;
}

function hex32(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
