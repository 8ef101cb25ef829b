import type { TableSchema } from '../../core/model/schema.ts';
import type { Part } from '../../core/ports/source.ts';
import { quoteName, quoteNames, quoteText } from './names.ts';
import type { SessionPool } from './session-pool.ts';

/**
 * Cuts a table into key ranges of `maxRows` rows by walking its whole primary key. It does so for small tables too: equal
 * data must be cut equally, and the planner's estimate changes with every ANALYZE.
 *
 * @param quotedTable the table as SQL writes it.
 */
export async function cutIntoParts(
  pool: SessionPool,
  table: TableSchema,
  quotedTable: string,
  maxRows: number,
): Promise<Part[]> {
  const ends: (readonly string[])[] = [];
  if (table.key.length > 0) {
    await pool.use(async (session) => {
      for (;;) {
        const range = { after: ends.at(-1) ?? null, upTo: null };
        const sql = `
          select ${quoteNames(table.key)} from ${quotedTable} ${rangeCondition(table.key, range)}
          order by ${quoteNames(table.key)} limit 2 offset ${maxRows - 1}`;
        const [end, next] = await session.rows(sql, [], `walk the key of ${table.name}`);
        // A row ends a part only when another row follows it.
        if (end === undefined || next === undefined) return;
        const texts = table.key.map((column) => end[column] as string);
        // Bytes that are not UTF-8 cannot be sent back for a comparison.
        if (texts.some((text) => text.includes('\ufffd'))) {
          ends.length = 0;
          return;
        }
        ends.push(texts);
      }
    });
  }
  const starts = [null, ...ends];
  return starts.map((after, i) => ({ number: i + 1, after, upTo: ends[i] ?? null }));
}

/** `where ("a", "b") > ('1', 'x') and …`; empty when both ends are open. */
export function rangeCondition(key: readonly string[], { after, upTo }: Pick<Part, 'after' | 'upTo'>): string {
  const conditions = [
    after === null ? '' : compare(key, '>', after),
    upTo === null ? '' : compare(key, '<=', upTo),
  ].filter((condition) => condition !== '');
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

/** The literals are untyped, so the server reads each as the type of its column. */
function compare(key: readonly string[], operator: '>' | '<=', values: readonly string[]): string {
  return `(${key.map(quoteName).join(', ')}) ${operator} (${values.map(quoteText).join(', ')})`;
}
