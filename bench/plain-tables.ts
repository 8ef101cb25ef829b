import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { carriedType } from './pipelines/carried.ts';
import { benchTables } from './tables.ts';

interface SourceColumn extends RowDataPacket {
  readonly name: string;
  readonly type: string;
}

/** Makes `create table` statements with the source's names in lower case, all columns nullable, no keys or indexes. */
export async function plainTables(sourceUrl: string): Promise<readonly string[]> {
  const connection = await createConnection(sourceUrl);
  try {
    const statements: string[] = [];
    for (const { source } of benchTables) {
      const [columns] = await connection.query<SourceColumn[]>(
        `select column_name as name, column_type as type
           from information_schema.columns where table_schema = 'c01' and table_name = ? order by ordinal_position`,
        [source],
      );
      statements.push(`create table ${source} (${columns.map(definition).join(', ')})`);
    }
    return statements;
  } finally {
    await connection.end();
  }
}

/** Like `carriedType`, but with sets as text and without time zones, so that the naive script can write them. */
function definition({ name, type }: SourceColumn): string {
  const plain = carriedType(type).replace('text[]', 'text').replace('timestamptz', 'timestamp');
  return `"${name.toLowerCase()}" ${plain}`;
}
