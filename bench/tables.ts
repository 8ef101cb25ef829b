/** One table of the bench: its name on each side, and its rows at scale 1. */
export interface BenchTable {
  /** Name in the source database `c01`, and in every target that keeps the source's names. */
  readonly source: string;
  /** Name in waybill's target schema. */
  readonly mapped: string;
  readonly rows: number;
}

/** Narrow and long, wide with enums and sets, and the widest with free text: 18, 67 and 104 columns. */
export const benchTables: readonly BenchTable[] = [
  { source: 'tbl_invoice_transaction', mapped: 'invoice_transactions', rows: 1_000_000 },
  { source: 'tbl_orderdetails', mapped: 'order_details', rows: 200_000 },
  { source: 'tbl_customer', mapped: 'customers', rows: 100_000 },
];

/** Computes the rows of a table at a scale, at least one. */
export function rowsAt(table: BenchTable, scale: number): number {
  return Math.max(1, Math.round(table.rows * scale));
}
