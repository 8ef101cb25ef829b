import type { Pipeline, Relation } from '../../core/mapping/pipeline.ts';
import type { GeneratedRuleName } from '../../core/ports/target-type.ts';
import { bareName } from '../names.ts';
import type { ProjectOptions } from '../options.ts';
import type { GeneratedMapping, GeneratedRule } from '../project.ts';
import { type Decided, isProposed, type Matches, type TableMatch, textOf } from './matches.ts';
import { matchesFile } from './matches-file.ts';
import type { Sides, SourceSide, TargetSide } from './sides.ts';
import { toolOf } from './version-tables.ts';

/** What a pipeline into another tool's schema is made of. */
export interface Mapped {
  readonly mappings: readonly GeneratedMapping[];
  readonly relations: readonly Relation[];
  /** Source tables that stay behind, with the reason. */
  readonly leftBehind: Readonly<Record<string, string>>;
  readonly unmapped: Pipeline['target']['unmapped'];
  readonly undecided: NonNullable<Pipeline['undecided']>;
}

/** A source table with the target table that it becomes. */
interface Pair {
  readonly source: SourceSide;
  readonly target: TargetSide;
  readonly match: TableMatch;
}

/** Makes mappings and relations from the matches that stand and those that are proposed, and lists the latter as undecided. */
export function mappedBy(sides: Sides, { matches, orphans = {}, mappings = [] }: ProjectOptions): Mapped {
  const { tables, kept }: Matches = matches ?? { tables: {}, kept: {} };
  const written = new Set(mappings.map(({ from }) => from));
  const pairs = sides.sources.flatMap((source): Pair[] => {
    const match = tables[bareName(source.table)];
    if (match === undefined || 'leftBehind' in match) return [];
    const target = sides.targets.find(({ table }) => table === textOf(match.to));
    return target === undefined ? [] : [{ source, target, match }];
  });
  const leftBehind = sides.sources.flatMap(({ table }): [string, string][] => {
    const match = tables[bareName(table)];
    return match !== undefined && 'leftBehind' in match ? [[table, textOf(match.leftBehind)]] : [];
  });
  return {
    mappings: pairs.map((pair) => mappingOf(pair, pairs, orphans)),
    relations: pairs.flatMap((pair) => relationsOf(pair, pairs, orphans)),
    leftBehind: Object.fromEntries(leftBehind),
    unmapped: unmappedOf(sides, kept),
    undecided: [...undecidedOf(sides, { tables, kept }, written), ...strayProblems(sides, pairs, tables)],
  };
}

function mappingOf({ source, target, match }: Pair, pairs: readonly Pair[], orphans: Orphans): GeneratedMapping {
  const columns = Object.entries(match.columns).map(([name, decided]): [string, GeneratedRule] => {
    const to = textOf(decided);
    const rule = { rule: ruleOf(source, name, target, to), column: name };
    const key = target.foreignKeys.find(({ columns: own }) => own.length === 1 && own[0] === to);
    if (key === undefined || !pairs.some((pair) => pair.target.table === key.parent)) return [to, rule];
    const orphan = orphanOf({ source, target }, [name], [to], orphans);
    return [to, { ...rule, reference: { parent: key.parent, column: key.parentColumns[0] as string, orphan } }];
  });
  const drops = Object.entries(match.drops ?? {}).map(([name, why]): [string, string] => [name, textOf(why)]);
  return {
    from: source.table,
    to: target.table,
    columns: Object.fromEntries(columns),
    drops: Object.fromEntries(drops),
  };
}

/** The rule of a pair of types: that of the source's own type, unless the target's type asks for another. */
function ruleOf(source: SourceSide, name: string, target: TargetSide, to: string): GeneratedRuleName {
  const own = source.columns.find((column) => column.name === name);
  const column = target.columns.find((each) => each.name === to);
  if (column?.kind === 'boolean') return 'bool';
  if (own === undefined || own.rule === 'bool') return 'carry';
  if (own.rule === 'label' && column?.kind === 'enum') return 'carry';
  return own.mayBeNull && column?.isRequired === true ? 'carry' : own.rule;
}

type Orphans = NonNullable<ProjectOptions['orphans']>;

function orphanOf(
  { source, target }: Pick<Pair, 'source' | 'target'>,
  from: readonly string[],
  to: readonly string[],
  orphans: Orphans,
): 'null' | 'reject' {
  const declared = orphans[`${source.table}.${from.at(-1)}`] ?? orphans[`${bareName(source.table)}.${from.at(-1)}`];
  const isRequired = target.columns.find(({ name }) => name === to.at(-1))?.isRequired === true;
  return declared ?? (isRequired ? 'reject' : 'null');
}

/** The relations of a table's foreign keys in the target, whose columns come from the source. */
function relationsOf(pair: Pair, pairs: readonly Pair[], orphans: Orphans): Relation[] {
  return pair.target.foreignKeys.flatMap(({ name, columns, parent, parentColumns }): Relation[] => {
    const from = pairs.find(({ target }) => target.table === parent);
    const own = columns.map((column) => sourceOf(pair, column));
    const theirs = parentColumns.map((column) => from && sourceOf(from, column));
    if (from === undefined || !own.every(isThere) || !theirs.every(isThere)) return [];
    const orphan = orphanOf(pair, own, columns, orphans);
    return [
      {
        ...{ child: pair.source.table, columns: own, parent: from.source.table, parentColumns: theirs },
        ...{ decision: 'foreign-key', none: [], why: `declared by the target as ${name}` },
        target: { child: pair.target.table, columns, parent, parentColumns },
        ...(columns.length === 1
          ? {}
          : { orphan: orphan === 'reject' ? 'reject' : { null: columns.at(-1) as string } }),
      },
    ];
  });
}

function sourceOf({ match }: Pair, target: string): string | undefined {
  return Object.entries(match.columns).find(([, decided]) => textOf(decided) === target)?.[0];
}

function isThere(name: string | undefined): name is string {
  return name !== undefined;
}

function unmappedOf(sides: Sides, kept: Matches['kept']): Record<string, string> {
  const own = sides.kept.flatMap(({ table, rows }): [string, string][] => {
    const tool = toolOf(table);
    const why = tool === null ? kept[table] && textOf(kept[table]) : `the version table of ${tool}`;
    return why === undefined ? [] : [[table, `${why}; ${rows === 1 ? 'its one row is' : `its ${rows} rows are`} kept`]];
  });
  return Object.fromEntries(own);
}

type Problem = Mapped['undecided'][number];

function undecidedOf(sides: Sides, { tables, kept }: Matches, written: ReadonlySet<string>): Problem[] {
  const ofTables = sides.sources.flatMap(({ table }): Problem[] => {
    const match = tables[bareName(table)];
    if (match === undefined || written.has(table)) return [];
    if ('leftBehind' in match) return open(table, match.leftBehind, 'left behind');
    return [
      ...open(table, match.to, 'matched'),
      ...Object.entries(match.columns).flatMap(([name, to]) => open(`${table}.${name}`, to, 'matched')),
      ...Object.entries(match.drops ?? {}).flatMap(([name, why]) => open(`${table}.${name}`, why, 'left behind')),
    ];
  });
  const ofKept = Object.entries(kept).flatMap(([table, why]) => open(table, why, 'kept'));
  const refused = sides.refused.map(({ object, why }) => ({
    subject: object,
    message: `The DDL of the target cannot make it: ${why}.`,
  }));
  return [...ofTables, ...ofKept, ...refused];
}

const questions = {
  matched: (text: string) => `It is proposed as ${text}. Confirm that, or write another name, in ${matchesFile}.`,
  'left behind': (text: string) =>
    `It is proposed to stay behind: ${text}. Confirm that with a reason in ${matchesFile}.`,
  kept: (text: string) => `It is proposed to keep the rows that it has: ${text}. Confirm that in ${matchesFile}.`,
} as const;

function open(subject: string, decided: Decided, question: keyof typeof questions): Problem[] {
  return isProposed(decided) ? [{ subject, message: questions[question](textOf(decided)) }] : [];
}

/** Names in the matches that neither side has, and tables whose kept rows would meet those of the source. */
function strayProblems(
  { sources, targets, kept }: Sides,
  pairs: readonly Pair[],
  tables: Matches['tables'],
): Problem[] {
  const unknown = Object.entries(tables).flatMap(([name, match]): Problem[] => {
    if (!sources.some(({ table }) => bareName(table) === name))
      return [{ subject: name, message: `${matchesFile} names it, and the source does not have it.` }];
    if ('leftBehind' in match || targets.some(({ table }) => table === textOf(match.to))) return [];
    return [
      { subject: name, message: `${matchesFile} matches it with ${textOf(match.to)}, which the target does not have.` },
    ];
  });
  const mixed = pairs.flatMap(({ target: { table } }): Problem[] => {
    const rows = kept.find((each) => each.table === table)?.rows ?? 0;
    return rows === 0 ? [] : [{ subject: table, message: 'The DDL still keeps its rows. Make the project again.' }];
  });
  return [...unknown, ...mixed];
}
