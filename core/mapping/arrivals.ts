import type { Survey } from './survey.ts';

/** The number of rows by the value of a column. */
export type RowCounts = ReadonlyMap<string, number>;

/**
 * The survey of the rows of a target table that arrive, counted by the value of a target column: those that no rule rejects and whose
 * required parents arrive. The engine makes it from the plan. Rows that the target itself refuses are counted.
 */
export function arrivingRows(table: string, by: string): Survey<RowCounts> {
  return {
    name: `arriving rows of ${table} by ${by}`,
    from: table,
    reads: [by],
    detail: '',
    isOfPlan: true,
    begin: () => {
      throw new TypeError('only the plan knows the rows that arrive');
    },
  };
}
