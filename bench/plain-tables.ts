import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { benchTables } from './tables.ts';

interface SourceColumn extends RowDataPacket {
  readonly name: string;
  readonly type: string;
  readonly full: string;
}

/** Target types of columns that are carried as they are; what is missing here is text. The same choices as pgloader's. */
const types: Readonly<Record<string, string>> = {
  int: 'integer',
  smallint: 'smallint',
  tinyint: 'smallint',
  bigint: 'bigint',
  double: 'double precision',
  date: 'date',
  datetime: 'timestamp',
  timestamp: 'timestamp',
  bit: 'boolean',
};

/** `create table` statements with the source's names in lower case, all columns nullable, without keys or indexes. */
export async function plainTables(sourceUrl: string): Promise<readonly string[]> {
  const connection = await createConnection(sourceUrl);
  try {
    const statements: string[] = [];
    for (const { source } of benchTables) {
      const [columns] = await connection.query<SourceColumn[]>(
        `select column_name as name, data_type as type, column_type as full
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

function definition({ name, type, full }: SourceColumn): string {
  return `"${name.toLowerCase()}" ${targetType(type, full)}`;
}

function targetType(type: string, full: string): string {
  if (full === 'tinyint(1)') return 'boolean';
  if (type === 'decimal') return full.replace('decimal', 'numeric');
  return types[type] ?? 'text';
}
