import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/** A sequence and the columns that take their values from it. */
interface FilledSequence {
  /** As SQL writes it. */
  readonly sequence: string;
  readonly name: string;
  readonly increment: number;
  readonly columns: readonly { readonly table: string; readonly column: string }[];
}

/** Sequences that a column of the schema owns or takes its default from. */
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
)
select json_build_object(
  'sequence', format('%I.%I', sn.nspname, s.relname),
  'name', s.relname,
  'increment', q.seqincrement,
  'columns', json_agg(json_build_object(
    'table', format('%I.%I', tn.nspname, t.relname), 'column', format('%I', a.attname)
  ))
)::text as document
from uses u
join pg_sequence q on q.seqrelid = u.sequence
join pg_class s on s.oid = u.sequence
join pg_namespace sn on sn.oid = s.relnamespace
join pg_class t on t.oid = u.relation and t.relkind in ('r', 'p')
join pg_namespace tn on tn.oid = t.relnamespace
join pg_attribute a on a.attrelid = u.relation and a.attnum = u.attnum
where tn.nspname = $1
group by sn.nspname, s.relname, q.seqincrement
order by s.relname`;

async function readSequences(session: Session, schema: string): Promise<FilledSequence[]> {
  const rows = await session.rows(catalogQuery, [schema], 'list its sequences');
  return rows.map((row) => JSON.parse(row.document as string) as FilledSequence);
}

/** Reads a sequence's next value and the farthest value in use; null when no value is in use. */
function stateQuery({ sequence, increment, columns }: FilledSequence): string {
  const farthest = increment > 0 ? 'max' : 'min';
  const used = columns.map(({ table, column }) => `select ${farthest}(${column})::numeric as value from ${table}`);
  return `
    select s.last_value::numeric + case when s.is_called then ${increment} else 0 end as next, u.value as used
    from ${sequence} s
    cross join (select ${farthest}(value) as value from (${used.join(' union all ')}) each_column) u`;
}

function isBehind(increment: number, next: string, used: string | null): boolean {
  if (used === null) return false;
  return increment > 0 ? BigInt(next) <= wholeOf(used) : BigInt(next) >= wholeOf(used);
}

/** The column of a sequence can be numeric and contain fractions. */
function wholeOf(text: string): bigint {
  return BigInt(text.replace(/\..*/, ''));
}

/** Lists the sequences whose next value is already in use. */
export async function lowSequences(session: Session, schema: string): Promise<string[]> {
  const low: string[] = [];
  for (const sequence of await readSequences(session, schema)) {
    const [row] = await session.rows(stateQuery(sequence), [], `read the sequence ${sequence.name}`);
    if (isBehind(sequence.increment, row?.next as string, row?.used ?? null)) low.push(sequence.name);
  }
  return low;
}

/** Sets every sequence that is too low to the farthest value in use, so that its next value is free. */
export async function raiseSequences(session: Session, schema: string): Promise<void> {
  for (const sequence of await readSequences(session, schema)) {
    const doing = `set the sequence ${sequence.name}`;
    const [row] = await session.rows(stateQuery(sequence), [], doing);
    if (!isBehind(sequence.increment, row?.next as string, row?.used ?? null)) continue;
    const value = String(wholeOf(row?.used as string));
    await session.rows(`select setval(${quoteText(sequence.sequence)}, $1)`, [value], doing);
  }
}
