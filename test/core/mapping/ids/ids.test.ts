import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityIds, isIdOf, keyOfId, tenantId } from '../../../../core/mapping/ids/entity-ids.ts';
import { sha1 } from '../../../../core/mapping/ids/sha1.ts';

const LIMIT = 2n ** 62n;
const carried = fc.bigInt({ min: 0n, max: LIMIT - 1n });
const uncarried = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: -1n }), fc.bigInt({ min: LIMIT, max: 2n ** 64n }));
type Scope = [string | null, string];
const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((s) => !s.includes('\u0000'));
const tenant = fc.option(name, { nil: null });
const scope = fc.tuple(tenant, name);

/**
 * Edges of the key's parts: 15 digits are read as a number, 48 bits fill the last group, and 62 bits are the maximum.
 */
const edges: readonly bigint[] = [
  0n,
  1n,
  2n,
  10n ** 15n - 1n,
  10n ** 15n,
  2n ** 48n - 1n,
  2n ** 48n,
  2n ** 53n,
  2n ** 53n + 1n,
  LIMIT - 1n,
];

describe('sha1', () => {
  const words = (bytes: Uint8Array) =>
    Buffer.from(new Int32Array(sha1(bytes)).buffer)
      .swap32()
      .toString('hex');
  const oracle = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');

  test('agrees with node:crypto on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(words(bytes)).toBe(oracle(bytes));
      }),
    );
  });

  test('agrees with node:crypto at every length up to four blocks, where the padding wraps', () => {
    for (let length = 0; length <= 256; length++) {
      const bytes = new Uint8Array(length).fill(0x80 + (length % 128));
      expect(words(bytes), `${length} bytes`).toBe(oracle(bytes));
    }
  });
});

describe('an id of an integer key', () => {
  test('gives the key back, for every key of up to 62 bits', () => {
    fc.assert(
      fc.property(scope, carried, ([t, entity], key) => {
        expect(keyOfId(entityIds(t, entity).ofInteger(String(key)))).toBe(key);
      }),
      { examples: edges.map((key): [Scope, bigint] => [['c01', 'customers'], key]) },
    );
  });

  test('has the version and variant bits of RFC 9562 version 8', () => {
    fc.assert(
      fc.property(scope, carried, ([t, entity], key) => {
        expect(entityIds(t, entity).ofInteger(String(key))).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  test('sorts as its key does', () => {
    fc.assert(
      fc.property(scope, fc.array(carried, { maxLength: 20 }), ([t, entity], keys) => {
        const ids = entityIds(t, entity);
        const sorted = [...keys, ...edges].sort((a, b) => (a < b ? -1 : Number(a > b)));
        const made = sorted.map((key) => ids.ofInteger(String(key)));
        expect(made).toEqual(made.toSorted());
      }),
    );
  });

  test('is never the id of another key', () => {
    fc.assert(
      fc.property(scope, fc.uniqueArray(fc.oneof(carried, uncarried), { maxLength: 20 }), ([t, entity], keys) => {
        const made = keys.map((key) => entityIds(t, entity).ofInteger(String(key)));
        expect(new Set(made).size).toBe(keys.length);
      }),
    );
  });

  test('is a version 5 UUID, from which no key can be read, if the key is negative or has more than 62 bits', () => {
    fc.assert(
      fc.property(scope, uncarried, ([t, entity], key) => {
        const id = entityIds(t, entity).ofInteger(String(key));
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(id).toBe(entityIds(t, entity).ofText(String(key)));
        expect(keyOfId(id)).toBeNull();
      }),
      {
        examples: [-1n, -(2n ** 63n), LIMIT, 2n ** 64n - 1n].map((key): [Scope, bigint] => [['c01', 'customers'], key]),
      },
    );
  });

  test('is unchanged from earlier versions, so loaded databases stay valid', () => {
    expect(entityIds('c01', 'customers').ofInteger('42')).toBe('21fb397f-b33d-8b56-8000-00000000002a');
    expect(entityIds(null, 'icd10_codes').ofText('e11.9')).toBe('94def73b-fb73-5766-b109-e8b24efe441b');
    expect(tenantId('c01')).toBe('774b9321-0cf4-5d05-b7c0-b84ff663ec3b');
  });
});

describe('ids of two scopes', () => {
  const scopes = fc.uniqueArray(scope, { minLength: 2, maxLength: 2, selector: (s) => JSON.stringify(s) });

  test('are disjoint: two tenants or two entities share no id for any key', () => {
    fc.assert(
      fc.property(scopes, fc.oneof(carried, uncarried), fc.oneof(carried, uncarried), ([one, other], a, b) => {
        const [t1, e1] = one as Scope;
        const [t2, e2] = other as Scope;
        expect(entityIds(t1, e1).ofInteger(String(a))).not.toBe(entityIds(t2, e2).ofInteger(String(b)));
        expect(entityIds(t1, e1).ofText('k')).not.toBe(entityIds(t2, e2).ofText('k'));
      }),
      {
        examples: [
          [
            [
              ['shared', 'x'],
              [null, 'x'],
            ] as never,
            1n,
            1n,
          ],
        ],
      },
    );
  });

  test('of the companies c01 and c02 are disjoint for the same keys', () => {
    const keys = Array.from({ length: 1000 }, (_, i) => String(i));
    const made = ['c01', 'c02'].flatMap((t) => keys.map((key) => entityIds(t, 'customers').ofInteger(key)));
    expect(new Set(made).size).toBe(2000);
  });
});

describe('isIdOf', () => {
  test('recognises the ids of its tenant and entity and no others', () => {
    fc.assert(
      fc.property(scope, scope, carried, ([t, entity], [t2, entity2], key) => {
        const id = entityIds(t, entity).ofInteger(String(key));
        expect(isIdOf(id, t, entity)).toBe(true);
        expect(isIdOf(id, t2, entity2)).toBe(t === t2 && entity === entity2);
      }),
    );
  });

  test('reads an id in upper case too', () => {
    const id = entityIds('c01', 'customers').ofInteger('42').toUpperCase();
    expect(isIdOf(id, 'c01', 'customers')).toBe(true);
    expect(keyOfId(id)).toBe(42n);
  });
});

describe('keyOfId', () => {
  test('returns null for a text that waybill did not generate as an id', () => {
    const id = entityIds('c01', 'customers').ofInteger('42');
    const others = [
      '',
      'not an id',
      crypto.randomUUID(),
      id.slice(0, 35),
      `${id}0`,
      `${id.slice(0, 35)}g`,
      `${id.slice(0, 14)}8zzz${id.slice(18)}`,
      `${id.slice(0, 19)}0${id.slice(20)}`,
      `${id.slice(0, 19)}c${id.slice(20)}`,
      `${id.slice(0, 23)}x${id.slice(24)}`,
    ];
    expect(others.map((text) => [text, keyOfId(text)])).toEqual(others.map((text) => [text, null]));
  });
});

test('an id of text is the same each time and differs for every text', () => {
  const ids = entityIds('c01', 'icd10_codes');
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 8 }), (keys) => {
      const made = keys.map((key) => ids.ofText(key));
      expect(new Set(made).size).toBe(keys.length);
      expect(keys.map((key) => ids.ofText(key))).toEqual(made);
    }),
  );
});

test('the id of a tenant is never the id of a row', () => {
  fc.assert(
    fc.property(name, scope, name, (t, [owner, entity], key) => {
      expect(tenantId(t)).not.toBe(entityIds(owner, entity).ofText(key));
    }),
  );
});
