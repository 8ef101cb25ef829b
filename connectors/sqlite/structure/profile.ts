import type { Column, TableSchema } from '../../../core/model/schema.ts';
import { type Row, UnreadableRow } from '../../../core/model/value.ts';
import type { ColumnFacts } from '../../../core/ports/structure.ts';
import type { InspectedDatabase } from '../findings.ts';
import { quoteName } from '../names.ts';
import { rowDecoder, selected } from '../values/cell.ts';

const none: ColumnFacts = {
  ...{ notBoolean: 0, zeroDates: 0, unknownLabels: 0, notTimeOfDay: 0, beyondBigint: 0 },
  ...{ unreadable: 0, tooLong: 0 },
};

type Counts = { -readonly [Fact in keyof ColumnFacts]: ColumnFacts[Fact] };

/** Counts values that decide how a column is held, in one scan of the table. */
export async function profileTable(
  { database, naming }: InspectedDatabase,
  { name, columns }: TableSchema,
): Promise<ReadonlyMap<string, ColumnFacts>> {
  const counts = columns.map((): Counts => ({ ...none }));
  const decode = rowDecoder(name, columns);
  const list = columns.map((column, i) => `${selected(quoteName(column.name), column.type)} as c${i}`).join(', ');
  const sql = `select ${list} from ${naming(name)} not indexed`;
  for await (const batch of database.batches(sql, `look at the values of ${name}`)) {
    for (const row of batch) addRow(decode(row), columns, counts);
  }
  const found = columns.map((column, i) => [column.name, counts[i] as Counts] as const);
  return new Map(found.filter(([, { unreadable, tooLong, zeroDates }]) => unreadable + tooLong + zeroDates > 0));
}

function addRow(row: Row, columns: readonly Column[], counts: readonly Counts[]): void {
  if (row instanceof UnreadableRow) for (const place of row.unread.keys()) (counts[place] as Counts).unreadable += 1;
  columns.forEach(({ type }, i) => {
    const value = row[i];
    if (typeof value !== 'string') return;
    if (type.length !== undefined && isLonger(value, type.length)) (counts[i] as Counts).tooLong += 1;
    if ((type.kind === 'date' || type.kind.startsWith('timestamp')) && isZeroDate(value))
      (counts[i] as Counts).zeroDates += 1;
  });
}

function isLonger(text: string, length: number): boolean {
  return text.length > length && [...text].length > length;
}

/** `0000-00-00`, `2020-00-15` */
function isZeroDate(text: string): boolean {
  return /^(?:0000|\d{4}-00|\d{4}-\d\d-00)/.test(text);
}
