import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { identifier } from '../fixtures/aries/cell.ts';
import { createTriggers } from '../fixtures/aries/create.ts';
import { type TableDef, tableDefs } from '../fixtures/aries/ddl.ts';
import { generateAries } from '../fixtures/aries/generate.ts';
import { type BenchTable, benchTables, rowsAt } from './tables.ts';

/** Scale of the fixture whose three tables are multiplied: its rows repeat far apart, beyond gzip's window. */
const seedScale = 20;

/** Allows zero dates. The copies refer to the same parents as the originals. */
const session =
  "set sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00', foreign_key_checks = 0, unique_checks = 0";

/** Every hundredth row gets a zero date, which pgloader refuses without a CAST. */
const zeroDates = [
  'update tbl_customer set SetupDate = 0, LastUpdateDatetime = LastUpdateDatetime where ID % 100 = 0',
  'update tbl_orderdetails set DOSFrom = 0 where ID % 100 = 0',
];

/**
 * Creates the aries fixture without planted defects, and multiplies its three bench tables inside the server to exact sizes.
 * The same scale gives the same rows.
 */
export async function buildDataset(url: string, scale: number, log: (line: string) => void): Promise<void> {
  await generateAries({ url, scale: seedScale, seed: 1, defects: false, replace: true });
  const connection = await createConnection({ uri: url, charset: 'utf8mb4', multipleStatements: true });
  try {
    await connection.query(`use c01; ${session}; drop trigger tbl_invoice_transaction_beforeinsert`);
    for (const table of benchTables) {
      await multiply(connection, table, rowsAt(table, scale));
      log(`${table.source}: ${rowsAt(table, scale)} rows`);
    }
    for (const update of zeroDates) await connection.query(update);
    await createTriggers(connection, { c01: 'c01', dmeworks: 'dmeworks', repository: 'repository' });
    for (const { source } of benchTables) await connection.query(`analyze table ${source}`);
  } finally {
    await connection.end();
  }
}

/** A database of the bench tables alone, for tools that copy a whole database. */
export const wholeDatabase = 'three_tables';

/** Copies the bench tables with their keys and indexes into `wholeDatabase`. */
export async function buildWholeDatabase(url: string): Promise<void> {
  const connection = await createConnection({ uri: url, charset: 'utf8mb4', multipleStatements: true });
  try {
    await connection.query(`drop database if exists ${wholeDatabase}; create database ${wholeDatabase}; ${session}`);
    for (const { source } of benchTables) {
      const table = `${wholeDatabase}.${source}`;
      await connection.query(
        `create table ${table} like c01.${source}; insert into ${table} select * from c01.${source}; analyze table ${table}`,
      );
    }
  } finally {
    await connection.end();
  }
}

/** Doubles the table with new keys until it has that many rows; a larger table loses its last rows. */
async function multiply(connection: Connection, table: BenchTable, wanted: number): Promise<void> {
  const def = tableDefs().find((each) => each.name === `c01.${table.source}`) as TableDef;
  const into = def.columns.map((column) => identifier(column.name)).join(', ');
  for (let { rows, span } = await extent(connection, table); rows < wanted; ) {
    const missing = Math.min(rows, wanted - rows);
    const from = def.columns.map((column) => copied(column.name, span)).join(', ');
    await connection.query(
      `insert into ${table.source} (${into}) select ${from} from ${table.source} order by ID limit ${missing}`,
    );
    ({ rows, span } = await extent(connection, table));
  }
  const { rows } = await extent(connection, table);
  if (rows > wanted) await connection.query(`delete from ${table.source} order by ID desc limit ${rows - wanted}`);
}

/** The expression for a column of a copy: the key is shifted, an account number holds the new key, other columns stay. */
function copied(column: string, span: number): string {
  if (column === 'ID') return `ID + ${span}`;
  if (column === 'AccountNumber') return `concat(left(AccountNumber, 3), ID + ${span})`;
  return identifier(column);
}

async function extent(connection: Connection, { source }: BenchTable): Promise<{ rows: number; span: number }> {
  const sql = `select count(*) as n, max(ID) - min(ID) + 1 as span from ${source}`;
  const [found] = await connection.query<RowDataPacket[]>(sql);
  return { rows: Number(found[0]?.n), span: Number(found[0]?.span) };
}
