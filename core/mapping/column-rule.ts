import type { Column, ColumnType, Kind } from '../model/schema.ts';
import type { Converter } from '../model/value.ts';
import type { CompiledRule, Operation, Rule, RuleContext } from './mapping.ts';
import { aText, checkArguments } from './rule-arguments.ts';

/** Makes a rule over one column: `compile` gets that column and returns the type, the converter and whether null can result. */
export function columnRule<C extends string>(
  { name, preserves }: Pick<Rule, 'name' | 'preserves'>,
  column: C,
  accepts: readonly Kind[],
  compile: (
    source: Column,
    context: RuleContext,
  ) => { gives: ColumnType; convert: Converter; operation?: Operation; mayBeNull?: boolean },
): Rule<C> {
  checkArguments(name, `${name}('${typeof column === 'string' && column !== '' ? column : 'Name'}')`, [
    ['column', column, aText],
  ]);
  return {
    name,
    preserves,
    reads: [column],
    accepts,
    compile(context): CompiledRule {
      const source = context.source(column);
      const { convert, mayBeNull = false, ...known } = compile(source, context);
      return { ...known, mayBeNull: mayBeNull || source.nullable, how: { kind: 'converter', convert } };
    },
  };
}
