import type { TableSchema } from '../../model/schema.ts';
import { columnsUsed, type Mapping } from '../mapping.ts';
import type { Problem } from './problem.ts';

/**
 * Finds what would be lost or doubled although every table is read: rows that another table shows again, old versions of rows,
 * and large objects that a column only refers to. Empty when each is declared.
 */
export function sourceLosses(
  mappings: readonly Mapping[],
  contract: readonly TableSchema[],
  live: readonly TableSchema[],
): Problem[] {
  const read = new Map(
    contract.filter(({ leftBehind }) => leftBehind === undefined).map((table) => [table.name, table]),
  );
  return live.flatMap((table) => {
    const declared = read.get(table.name);
    if (declared === undefined) return [];
    return [...doubledRows(table, read), ...lostVersions(table, declared), ...lostObjects(table, mappings)];
  });
}

function doubledRows({ name, repeats = [] }: TableSchema, read: ReadonlyMap<string, unknown>): Problem[] {
  const twice = repeats.filter((table) => read.has(table));
  if (twice.length === 0) return [];
  const message = `It shows the rows of ${twice.join(', ')} again, which would be loaded twice. Say leftBehind in its contract, or in theirs.`;
  return [{ subject: name, message }];
}

function lostVersions({ name, hasHistory }: TableSchema, { leavesHistory }: TableSchema): Problem[] {
  if (hasHistory !== true || leavesHistory !== undefined) return [];
  return [
    {
      subject: name,
      message:
        'The server keeps old versions of its rows, which would be left behind. Say why with leavesHistory in the contract.',
    },
  ];
}

/** A column that is only dropped is left behind with a reason. */
function lostObjects({ name, columns }: TableSchema, mappings: readonly Mapping[]): Problem[] {
  const used = mappings
    .filter(({ from }) => from === name)
    .flatMap((mapping) => columnsUsed({ ...mapping, drops: {} }));
  return columns
    .filter((column) => column.hasLargeObjects === true && used.includes(column.name))
    .map((column) => ({
      subject: `${name}.${column.name}`,
      message: `It refers to large objects, which are not carried. Copy them into a bytea column of the source (lo_get(${column.name})), and drop this column with a reason.`,
    }));
}
