import type { Sequence } from '../../../core/ports/source.ts';
import type { SequenceValue, TargetSequence } from '../../../core/ports/target.ts';
import { continuedSequences, correctedSequences } from '../../../core/validation/sequences.ts';
import { quoteText } from '../names.ts';
import type { SchemaName } from '../schema.ts';
import type { Session } from '../session.ts';

/** A sequence of the catalog and the columns that take their values from it. */
interface CatalogSequence {
  readonly schema: string;
  readonly name: string;
  /** As SQL writes it. */
  readonly quoted: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cycles: boolean;
  readonly isReadable: boolean;
  readonly columns: readonly CatalogColumn[] | null;
}

interface CatalogColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** The table and the column as SQL writes them. */
  readonly quotedTable: string;
  readonly quotedColumn: string;
  readonly isNumber: boolean;
}

/** The sequences of the schemas, and those that a column of the schemas owns or names in its default. */
const catalogQuery = `
with uses as (
  select d.objid as sequence, d.refobjid as relation, d.refobjsubid as attnum
  from pg_depend d
  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
    and d.deptype in ('a', 'i') and d.refobjsubid > 0
  union
  select d.refobjid, f.adrelid, f.adnum
  from pg_attrdef f
  join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = f.oid and d.refclassid = 'pg_class'::regclass
), columns as (
  select u.sequence, json_agg(json_build_object(
    'schema', tn.nspname, 'table', t.relname, 'column', a.attname,
    'quotedTable', format('%I.%I', tn.nspname, t.relname), 'quotedColumn', format('%I', a.attname),
    'isNumber', coalesce(nullif(y.typbasetype, 0), y.oid)
      in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)
  ) order by tn.nspname, t.relname, a.attnum) as list
  from uses u
  join pg_class t on t.oid = u.relation and t.relkind in ('r', 'p') and not t.relispartition
  join pg_namespace tn on tn.oid = t.relnamespace
  join pg_attribute a on a.attrelid = u.relation and a.attnum = u.attnum
  join pg_type y on y.oid = a.atttypid
  where tn.nspname = any ($1::text[])
  group by u.sequence
)
select json_build_object(
  'schema', sn.nspname, 'name', s.relname, 'quoted', format('%I.%I', sn.nspname, s.relname),
  'increment', q.seqincrement::text, 'min', q.seqmin::text, 'max', q.seqmax::text, 'cycles', q.seqcycle,
  'isReadable', has_sequence_privilege(s.oid, 'select') and has_schema_privilege(sn.oid, 'usage'), 'columns', c.list
)::text as document
from pg_sequence q
join pg_class s on s.oid = q.seqrelid
join pg_namespace sn on sn.oid = s.relnamespace
left join columns c on c.sequence = s.oid
where sn.nspname = any ($1::text[]) or c.sequence is not null
order by sn.nspname, s.relname`;

async function readCatalogSequences(
  session: Pick<Session, 'rows'>,
  schemas: readonly string[],
): Promise<CatalogSequence[]> {
  const rows = await session.rows(catalogQuery, [schemas], 'list its sequences');
  return rows.map((row) => JSON.parse(row.document as string) as CatalogSequence);
}

/** Lists the sequences of a source. Each is read on its own, because a transaction keeps its lock. */
export async function readSequences(
  session: Pick<Session, 'rows'>,
  schemas: readonly SchemaName[],
): Promise<Sequence[]> {
  const found = await readCatalogSequences(
    session,
    schemas.map(({ live }) => live),
  );
  const logical = (live: string): string => schemas.find((schema) => schema.live === live)?.logical ?? live;
  const inSchema = (schema: string, name: string): string =>
    [logical(schema), name].filter((part) => part !== '').join('.');
  const all: Sequence[] = [];
  for (const one of found) {
    const { increment, cycles } = one;
    const columns = (one.columns ?? []).map(({ schema, table, column }) => ({
      table: inSchema(schema, table),
      column,
    }));
    const next = one.isReadable ? await nextOf(session, one) : null;
    all.push({ name: inSchema(one.schema, one.name), next, increment, cycles, columns });
  }
  return all;
}

/** Lists the sequences of a target's schema with the values in use. */
export async function readTargetSequences(session: Session, schema: string): Promise<TargetSequence[]> {
  const all: TargetSequence[] = [];
  for (const one of await readCatalogSequences(session, [schema])) {
    const { increment, cycles, min, max } = one;
    const columns = (one.columns ?? []).map(({ table, column }) => ({ table, column }));
    const name = one.schema === schema ? one.name : `${one.schema}.${one.name}`;
    const next = await nextOf(session, one);
    all.push({ name, next, increment, cycles, min, max, columns, ...(await usesOf(session, one)) });
  }
  return all;
}

async function nextOf(session: Pick<Session, 'rows'>, { quoted, name, ...sequence }: CatalogSequence): Promise<string> {
  const [row] = await session.rows(`select last_value, is_called from ${quoted}`, [], `read the sequence ${name}`);
  const last = BigInt(row?.last_value as string);
  return row?.is_called === 't' ? afterwards(last, sequence) : String(last);
}

/** The value after `last`: the first one again in a sequence that cycles, and beyond the limit in one that is used up. */
function afterwards(last: bigint, { increment, min, max, cycles }: Omit<CatalogSequence, 'name' | 'quoted'>): string {
  const next = last + BigInt(increment);
  if (cycles && next > BigInt(max)) return min;
  return cycles && next < BigInt(min) ? max : String(next);
}

async function usesOf(
  session: Session,
  { name, increment, columns }: CatalogSequence,
): Promise<Pick<TargetSequence, 'farthest' | 'isHidden'>> {
  const all = columns ?? [];
  const extreme = increment.startsWith('-') ? 'min' : 'max';
  const inUse = all
    .filter(({ isNumber }) => isNumber)
    .map(({ quotedTable, quotedColumn }) => `select ${extreme}(${quotedColumn})::numeric as value from ${quotedTable}`);
  const hidden = all
    .filter(({ isNumber }) => !isNumber)
    .map(({ quotedTable }) => `exists (select from ${quotedTable})`);
  const farthest = inUse.length === 0 ? 'null' : `(select ${extreme}(value) from (${inUse.join(' union all ')}) u)`;
  const [row] = await session.rows(
    `select ${farthest} as farthest, ${['false', ...hidden].join(' or ')} as hidden`,
    [],
    `look for values of the sequence ${name}`,
  );
  return { farthest: wholeOf(row?.farthest ?? null), isHidden: row?.hidden === 't' };
}

/** A numeric column can contain fractions, and NaN or infinity, which no sequence reaches. */
function wholeOf(text: string | null): string | null {
  return /^-?\d+/.exec(text ?? '')?.[0] ?? null;
}

/** Sets the next values of sequences. Beyond its limit a sequence is set as used up. */
export async function setSequences(session: Session, schema: string, values: readonly SequenceValue[]): Promise<void> {
  if (values.length === 0) return;
  const found = await readCatalogSequences(session, [schema]);
  for (const { name, next } of values) {
    const one = found.find((each) => each.name === name || `${each.schema}.${each.name}` === name);
    if (one === undefined) continue;
    const [value, isCalled] = withinLimits(next, one);
    await session.rows(
      `select setval(${quoteText(one.quoted)}, $1, $2)`,
      [value, isCalled],
      `set the sequence ${name}`,
    );
  }
}

/** Makes the sequences of a schema go on past the values in use, and from where those of another schema stand. */
export async function advanceSequences(session: Session, schema: string, from: string): Promise<void> {
  const known = await readTargetSequences(session, from);
  const continued = continuedSequences([], known, await readTargetSequences(session, schema));
  await setSequences(session, schema, correctedSequences(continued));
}

function withinLimits(next: string, { min, max, increment }: CatalogSequence): [value: string, isCalled: boolean] {
  const isDownward = increment.startsWith('-');
  if (BigInt(next) > BigInt(max)) return [max, !isDownward];
  return BigInt(next) < BigInt(min) ? [min, isDownward] : [next, false];
}
