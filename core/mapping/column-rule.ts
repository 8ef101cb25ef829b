import type { Column, ColumnType, Kind } from '../model/schema.ts';
import type { Converted, Converter, Row, Value } from '../model/value.ts';
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

/** Applies a compiled rule to the values that it reads. */
export function resultOf(how: CompiledRule['how'], values: Row): Converted {
  if (how.kind === 'constant') return how.value;
  if (how.kind === 'row') return how.convert(values);
  return values[0] === null ? null : how.convert(values[0] as Value);
}
