import { loserTest, type PlannedJoins, rowExtender } from './joins.ts';
import type { CompiledRule, Known, Mapping } from './mapping.ts';
import type { TableSchema } from './schema.ts';
import { Adjusted, type Converted, Rejected, type Row, type Value } from './value.ts';

/** A value that did not arrive as it was. */
export interface Adjustment {
  /** Target column. */
  readonly column: string;
  /** The policy that changed it. */
  readonly rule: string;
  readonly from: Value;
  readonly to: Value;
}

/** What became of one source row: exactly one of `row`, `reject` and `filter` is set. */
export interface MappedRow {
  /** In target column order. */
  readonly row: Row | null;
  readonly reject: { readonly column: string; readonly rule: string } | null;
  /** Name of the filter that took it out. */
  readonly filter: string | null;
  readonly adjustments: readonly Adjustment[];
}

/** Maps the rows of one part in reading order. */
export interface Mapper {
  map(row: Row): MappedRow;
}

interface Step {
  readonly column: string;
  /** Indexes into the source row. */
  readonly reads: readonly number[];
  readonly rule: CompiledRule;
}

const none: readonly Adjustment[] = [];

/** What a mapper is made of. */
export interface MapperParts {
  readonly mapping: Mapping;
  readonly known: Known;
  readonly source: TableSchema;
  readonly joins: PlannedJoins;
  compile(column: string): CompiledRule;
}

/** @throws WaybillError 'internal' when the mapping joins a table that was not looked through. */
export function mapperOf(parts: MapperParts): Mapper {
  const { mapping, known, source, joins } = parts;
  const places = new Map(joins.extended.columns.map((c, i) => [c.name, i]));
  const indexOf = (column: string): number => places.get(column) as number;
  const steps = Object.entries(mapping.columns).map(
    ([column, rule]): Step => ({ column, reads: rule.reads.map(indexOf), rule: parts.compile(column) }),
  );
  const isLoser = loserTest(source, joins, known);
  const extend = rowExtender(joins, known);
  const filter = mapping.filter;
  const filterReads = filter?.reads.map(indexOf) ?? [];
  return {
    map(row) {
      if (isLoser(row)) return filtered(`loses to ${mapping.yieldsTo}`);
      const extended = extend(row);
      if (filter?.drops(pick(extended, filterReads), known)) return filtered(filter.name);
      return mapRow(steps, extended);
    },
  };
}

function filtered(filter: string): MappedRow {
  return { row: null, reject: null, filter, adjustments: none };
}

function mapRow(steps: readonly Step[], row: Row): MappedRow {
  const out: Value[] = new Array(steps.length);
  let adjustments: Adjustment[] | null = null;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as Step;
    const converted = apply(step, row);
    if (converted instanceof Adjusted) {
      adjustments ??= [];
      const from = row[step.reads[0] as number] as Value;
      adjustments.push({ column: step.column, rule: converted.rule, from, to: converted.value });
      out[i] = converted.value;
    } else if (converted instanceof Rejected) {
      return { row: null, reject: { column: step.column, rule: converted.rule }, filter: null, adjustments: none };
    } else {
      out[i] = converted;
    }
  }
  return { row: out, reject: null, filter: null, adjustments: adjustments ?? none };
}

function apply(step: Step, row: Row): Converted {
  const { how } = step.rule;
  if (how.kind === 'converter') {
    const value = row[step.reads[0] as number] as Value;
    return value === null ? null : how.convert(value);
  }
  return how.kind === 'constant' ? how.value : how.convert(pick(row, step.reads));
}

function pick(row: Row, indexes: readonly number[]): Row {
  return indexes.map((i) => row[i] as Value);
}
