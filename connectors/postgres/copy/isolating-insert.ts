import type { RefusedRow } from '../../../core/ports/ledger.ts';
import { runClasses, runStates } from '../errors.ts';
import { quoteName, quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/** The column of a relation of staged rows that numbers them from 1, in row order. */
export const placeColumn = '"waybill place"';

/** A column to insert, and its value as an expression of the staged row `r`. */
export interface InsertedColumn {
  readonly name: string;
  readonly value: string;
}

/** Rows of one relation that go into another one. */
export interface IsolatingInsert {
  /** A name for the function on the server. */
  readonly name: string;
  /** The relation with the rows and `placeColumn`. */
  readonly from: string;
  readonly into: string;
  readonly columns: readonly InsertedColumn[];
}

/**
 * Creates the function that `insertIsolating` calls, which lasts as long as the session or until it is created again, and a
 * sequence that lasts as long as the relation with the rows.
 */
export function createInsert({ name, from, into, columns }: IsolatingInsert): string {
  const names = columns.map((column) => quoteName(column.name)).join(', ');
  const values = columns.map(({ value }) => value).join(', ');
  const insert = `insert into ${into} (${names}) overriding system value`;
  const reached = `pg_temp.${quoteName(`${name}_reached`)}`;
  return `
    create temporary sequence ${quoteName(`${name}_reached`)} owned by ${from}.${placeColumn};
    create or replace function pg_temp.${quoteName(name)}()
    returns table (refused integer, state text, in_constraint text, in_column text)
    language plpgsql set enable_sort to off as ${quoteText(bodyOf({ from, insert, values, reached }))}`;
}

/**
 * Inserts all rows in one statement, as COPY does. If a row is refused, it inserts up to the next refused row in one
 * subtransaction: a block that fails is run again up to the failing row, which is refused once those before it are stored.
 * Locks and subtransactions are bounded by the refused rows, and the server's log does not show an error that is caught here.
 * Rows without a parent are tried again while others load, because rows can refer to each other.
 *
 * The row at which a statement failed is the one that a sequence has last: sequences are not rolled back. The subquery keeps
 * rows in order, and its rows pass one by one. An error after the last row can be that of any row (a foreign key, a trigger
 * after the rows), so rows are inserted one by one from there on. Without sorting, rows come from the index on their places.
 *
 * An error concerns the run if its class does, unless a RAISE of the schema's own code made it, or if inserting no row fails too.
 */
function bodyOf({
  from,
  insert,
  values,
  reached,
}: Readonly<Record<'from' | 'insert' | 'values' | 'reached', string>>): string {
  const listed = (states: readonly string[]): string => states.map(quoteText).join(', ');
  const raiseOfRun = `
          get stacked diagnostics state = returned_sqlstate, in_constraint = constraint_name,
            in_column = column_name, context = pg_exception_context;
          if (left(state, 2) in (${listed(runClasses)}) or state in (${listed(runStates)}))
            and context !~ '^[^\\n]*\\mRAISE\\M' then
            raise;
          end if;`;
  const rows = `
              select s.* from ${from} s
              where s.${placeColumn} between w.first and w.until
              order by s.${placeColumn}`;
  return `
    #variable_conflict use_column
    <<w>>
    declare
      r record;
      orphans integer[];
      constraints text[];
      first integer;
      last integer;
      until integer;
      failed integer;
      at integer;
      block integer;
      loaded integer;
      one_by_one boolean := false;
      context text;
    begin
      loop
        begin
          ${insert} select ${values} from ${from} r order by r.${placeColumn};
          return;
        exception when others or query_canceled or assert_failure then ${raiseOfRun}
        end;
        orphans := '{}';
        constraints := '{}';
        loaded := 0;
        failed := null;
        select min(s.${placeColumn}), max(s.${placeColumn}) into w.first, w.last from ${from} s;
        while first <= last loop
          block := 0;
          at := first;
          until := coalesce(failed - 1, last);
          perform setval('${reached}', first);
          begin
            if one_by_one then
              for r in ${rows}
              loop
                at := r.${placeColumn};
                ${insert} values (${values});
                block := block + 1;
              end loop;
            elsif first <= until then
              ${insert} select ${values} from (${rows} offset 0) r
              where setval('${reached}', r.${placeColumn}) > 0;
              get diagnostics block = row_count;
            end if;
            loaded := loaded + block;
            exit when failed is null;
            if state = '23503' then
              orphans := orphans || failed;
              constraints := constraints || in_constraint;
            else
              refused := failed;
              return next;
            end if;
            first := failed + 1;
            failed := null;
          exception when others or query_canceled or assert_failure then ${raiseOfRun}
            if left(state, 2) not in ('22', '23', '44', 'P0') then
              ${insert} select ${values} from ${from} r where false;
            end if;
            if one_by_one then
              failed := at;
            else
              select s.last_value into w.failed from ${reached} s;
              one_by_one := first < until and failed = until;
              if one_by_one then failed := null; end if;
            end if;
          end;
        end loop;
        exit when loaded = 0 or orphans = '{}';
        delete from ${from} s where s.${placeColumn} <> all (w.orphans);
      end loop;
      for at in 1 .. cardinality(orphans) loop
        refused := orphans[at];
        state := '23503';
        in_constraint := constraints[at];
        in_column := null;
        return next;
      end loop;
    end`;
}

/** Inserts the staged rows that the target accepts. @returns the others, with `row` counted from 0. */
export async function insertIsolating(session: Session, name: string, doing: string): Promise<readonly RefusedRow[]> {
  const sql = `select refused, state, in_constraint, in_column from pg_temp.${quoteName(name)}()`;
  const rows = await session.queryWithTimeout(sql, [], doing);
  return rows.map(({ refused, state, in_constraint, in_column }) => ({
    row: Number(refused) - 1,
    refusal: { sqlstate: state as string, constraint: in_constraint || null, column: in_column || null },
  }));
}
