import type { Column, TableSchema } from '../../../core/model/schema.ts';
import type { ColumnFacts } from '../../../core/ports/structure.ts';
import type { InspectedDatabase } from '../findings.ts';
import { quoteName } from '../names.ts';
import { textDecoder } from '../wire/decode.ts';

/** A server accepts 4096 expressions. */
const columnsPerQuery = 1000;

type Fact = keyof ColumnFacts;

/** The greatest bigint of PostgreSQL. */
const maxBigint = (2n ** 63n - 1n).toString();

/** Counts values that decide how a column is held, in one scan of the table for 1,000 such columns. */
export async function profileTable(
  { pool, naming }: InspectedDatabase,
  table: TableSchema,
): Promise<ReadonlyMap<string, ColumnFacts>> {
  const asked = table.columns.flatMap((column) => {
    const question = questionOf(column);
    return question === null ? [] : [{ name: column.name, ...question }];
  });
  const found = new Map<string, ColumnFacts>();
  for (let start = 0; start < asked.length; start += columnsPerQuery) {
    const some = asked.slice(start, start + columnsPerQuery);
    const counts = some.map(({ condition }) => `cast(coalesce(sum(${condition}), 0) as char)`);
    const sql = `select ${counts.join(', ')} from ${naming(table.name)}`;
    const [row = []] = await pool.rows(
      sql,
      `look at the values of ${table.name}`,
      some.map(() => textDecoder),
    );
    some.forEach(({ name, fact }, i) => {
      if (Number(row[i]) > 0) found.set(name, { ...none, [fact]: Number(row[i]) });
    });
  }
  return found;
}

const none: ColumnFacts = {
  ...{ notBoolean: 0, zeroDates: 0, unknownLabels: 0, notTimeOfDay: 0, beyondBigint: 0 },
  ...{ unreadable: 0, tooLong: 0 },
};

/** What is asked of a column, as a condition that is 1 for a row to count. */
function questionOf({ name, type }: Column): { readonly fact: Fact; readonly condition: string } | null {
  const column = quoteName(name);
  switch (type.kind) {
    case 'int16':
      return type.native === 'tinyint(1)' ? { fact: 'notBoolean', condition: `${column} not in (0, 1)` } : null;
    case 'uint64':
      return { fact: 'beyondBigint', condition: `${column} > ${maxBigint}` };
    case 'enum':
      return { fact: 'unknownLabels', condition: `${column} + 0 = 0` };
    case 'time':
      return { fact: 'notTimeOfDay', condition: `${column} < '00:00:00' or ${column} >= '24:00:00'` };
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return { fact: 'zeroDates', condition: `month(${column}) = 0 or dayofmonth(${column}) = 0` };
    default:
      return null;
  }
}
