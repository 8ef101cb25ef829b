import type { UniqueNames } from '../names.ts';
import type { ProjectOptions } from '../options.ts';
import type { TargetTable } from '../tables.ts';
import type { LeftBehind } from './left-behind.ts';
import { quoteName } from './sql.ts';

/**
 * The triggers that set columns to the current time when a row changes, as `on update current_timestamp` does: not where the
 * statement gives the column another value. Rows are compared by their bytes, because some types have no equality.
 */
export function triggerStatements(
  { source, name, columns }: TargetTable,
  { onUpdate = 'left behind' }: ProjectOptions,
  names: UniqueNames,
  leftBehind: LeftBehind,
): { readonly create: string; readonly drop: string }[] {
  const stamped = columns.filter((column) => column.source.isSetOnUpdate);
  if (stamped.length === 0) return [];
  const isReplaced = onUpdate === 'trigger';
  for (const column of stamped) {
    const why = isReplaced ? 'replaced by a trigger' : "needs a trigger in PostgreSQL: onUpdate: 'trigger'";
    leftBehind.set(`on update ${source.name}.${column.source.name}`, why);
  }
  if (!isReplaced) return [];
  const routine = quoteName(names.take(`${name}_on_update`, name));
  const sets = stamped.map((column) => {
    const field = quoteName(column.name);
    return `  if new.${field} is not distinct from old.${field} then new.${field} := current_timestamp; end if;\n`;
  });
  const create = `create function ${routine}() returns trigger language plpgsql as $$ begin\n${sets.join('')}  return new;\nend $$;
create trigger ${routine} before update on ${quoteName(name)} for each row when (new *<> old) execute function ${routine}()`;
  return [{ create, drop: `drop trigger ${routine} on ${quoteName(name)};\ndrop function ${routine}()` }];
}
