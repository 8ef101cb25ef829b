import type { Column } from '../model/schema.ts';
import { Adjusted, type Converted, Rejected, type Row, UnreadableRow, type Value } from '../model/value.ts';
import type { CompiledRule, Filter, Mapping } from './mapping.ts';
import { hashOfValue, type Orphan, type Winner } from './winners.ts';

/** A value that did not arrive as it was. */
export interface Adjustment {
  /** Target column. */
  readonly column: string;
  /** The policy that adjusted the value. */
  readonly rule: string;
  readonly from: Value;
  readonly to: Value;
}

/** The outcome of one source row: exactly one of `row`, `reject` and `filter` is set. */
export interface MappedRow {
  /** In target column order. */
  readonly row: Row | null;
  readonly reject: { readonly column: string; readonly rule: string } | null;
  /** Name of the filter that removed it. */
  readonly filter: string | null;
  /** The target columns in which a duplicate differs from the loaded row, with the values that were not loaded. */
  readonly differs?: readonly Difference[];
  readonly adjustments: readonly Adjustment[];
}

/** A target column in which a row differs from the one that won its key. */
export interface Difference {
  readonly column: string;
  readonly value: Value;
}

/** Maps the rows of one part in reading order. */
export interface Mapper {
  map(row: Row): MappedRow;
}

/** A target column's rule with the places in the source row of what it reads. */
export interface RuleStep {
  readonly column: string;
  readonly reads: readonly number[];
  readonly rule: CompiledRule;
  /** Set where rows of other tables take part, so that the row must be mapped as a whole. */
  readonly needsWholeRow?: boolean;
}

const none: readonly Adjustment[] = [];

/** The rules of a mapping, compiled; `indexOf` gives a source column's place in the row, joined ones behind its own. */
export function stepsOf(
  mapping: Mapping,
  compile: (column: string) => CompiledRule,
  indexOf: (column: string) => number,
  { hasTwins }: { readonly hasTwins: boolean },
): RuleStep[] {
  const needsWholeRow = mapping.joins !== undefined || hasTwins;
  return Object.entries(mapping.columns).map(([column, rule]) => ({
    column,
    reads: rule.reads.map(indexOf),
    rule: compile(column),
    ...(needsWholeRow ? { needsWholeRow } : {}),
  }));
}

/** Answers from other tables about a row. */
export interface OtherRows {
  /** The places of the values that decide. */
  readonly reads: readonly number[];
  /** The parent of a row with a twin that does not arrive: the row makes room for the twin before the load. */
  orphanOf(row: Row): Orphan | null;
  /** The row that wins its key, and the name of the filter for rows that lose to it; null when no other row has the key. */
  winnerOver(row: Row): { readonly filter: string; readonly winner: Winner } | null;
  /** The row followed by its joined columns. */
  extend(row: Row): Row;
}

const nothing: OtherRows = { reads: [], orphanOf: () => null, winnerOver: () => null, extend: (row) => row };

/** Builds a mapper from compiled rules. */
export function mapperOf(
  steps: readonly RuleStep[],
  filter: Filter | undefined,
  indexOf: (column: string) => number,
  { reads, orphanOf, winnerOver, extend }: OtherRows = nothing,
): Mapper {
  const filterReads = filter?.reads.map(indexOf) ?? [];
  return {
    map(row) {
      const unread = row instanceof UnreadableRow ? unreadColumn(row, steps, [...filterReads, ...reads]) : null;
      if (unread !== null) return rejected(unread, 'unreadable');
      const lost = winnerOver(row);
      const extended = extend(row);
      if (lost !== null && lost.winner.outcome !== 'rejected')
        return { ...filtered(lost.filter), differs: differences(steps, extended, lost.winner) };
      if (filter?.drops(pick(extended, filterReads))) return filtered(filter.name);
      const mapped = mapRow(steps, extended);
      const orphan = mapped.row === null ? null : orphanOf(row);
      return orphan === null ? mapped : rejected(orphan.column, orphan.rule);
    },
  };
}

/** The target column that needs a value which could not be read; null when none does. */
function unreadColumn({ unread }: UnreadableRow, steps: readonly RuleStep[], others: readonly number[]): string | null {
  const step = steps.find(({ reads }) => reads.some((place) => unread.has(place)));
  const other = others.find((place) => unread.has(place));
  return step?.column ?? (other === undefined ? null : (unread.get(other)?.column ?? null));
}

function rejected(column: string, rule: string): MappedRow {
  return { row: null, reject: { column, rule }, filter: null, adjustments: none };
}

function filtered(filter: string): MappedRow {
  return { row: null, reject: null, filter, adjustments: none };
}

/** Compares what the rules give with the winner's row. Columns that read nothing of the row are left out. */
function differences(steps: readonly RuleStep[], row: Row, { hashes }: Winner): readonly Difference[] {
  const own = mapRow(steps, row).row;
  if (own === null || hashes === null) return [];
  return steps.flatMap(({ column, reads }, i) => {
    const value = own[i] as Value;
    return reads.length > 0 && hashOfValue(value) !== hashes[i] ? [{ column, value }] : [];
  });
}

function mapRow(steps: readonly RuleStep[], row: Row): MappedRow {
  const out: Value[] = new Array(steps.length);
  let adjustments: Adjustment[] | null = null;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as RuleStep;
    const converted = apply(step, row);
    if (converted instanceof Adjusted) {
      adjustments ??= [];
      const from = converted.from === undefined ? (row[step.reads[0] as number] as Value) : converted.from;
      adjustments.push({ column: step.column, rule: converted.rule, from, to: converted.value });
      out[i] = converted.value;
    } else if (converted instanceof Rejected) {
      return rejected(step.column, converted.rule);
    } else {
      out[i] = converted;
    }
  }
  return { row: out, reject: null, filter: null, adjustments: adjustments ?? none };
}

function apply(step: RuleStep, row: Row): Converted {
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

/** The steps that carry every column unchanged. */
export function carrySteps(columns: readonly Column[]): RuleStep[] {
  return columns.map(({ name, type, nullable }, place) => ({
    column: name,
    reads: [place],
    rule: {
      gives: type,
      mayBeNull: nullable,
      how: { kind: 'converter', convert: (value) => value },
      operation: { name: 'carry', scale: null },
    },
  }));
}
