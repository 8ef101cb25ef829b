import { bareName } from '../names.ts';
import { matchNames, type NamePairs } from './match-names.ts';
import type { Decided, Matches, TableMatch } from './matches.ts';
import type { Sides, SourceSide, TargetSide } from './sides.ts';
import { toolOf } from './version-tables.ts';

/** Proposes how the names of both sides match. Only the same name is taken as decided. */
export function proposeMatches({ sources, targets }: Pick<Sides, 'sources' | 'targets'>): Matches {
  const free = targets.filter(({ table }) => toolOf(table) === null);
  const pairs = matchNames(
    sources.filter(({ table }) => toolOf(bareName(table)) === null).map(({ table }) => bareName(table)),
    free.map(({ table }) => table),
  );
  const tables = sources.map((source): [string, Matches['tables'][string]] => {
    const name = bareName(source.table);
    const tool = toolOf(name);
    if (tool !== null) return [name, { leftBehind: `the version table of ${tool}` }];
    const target = free.find(({ table }) => table === pairs.get(name)?.target);
    if (target === undefined) return [name, { leftBehind: { proposed: 'the target has no such table' } }];
    return [name, matchOf(source, target, pairs)];
  });
  const fed = new Set([...pairs.values()].map(({ target }) => target));
  const kept = free.filter(({ table }) => !fed.has(table)).map(({ table }) => table);
  return {
    tables: Object.fromEntries(tables),
    kept: Object.fromEntries(kept.map((table) => [table, { proposed: 'no source table has its rows' }])),
  };
}

function matchOf(source: SourceSide, target: TargetSide, tables: NamePairs): TableMatch {
  const pairs = matchNames(
    source.columns.map(({ name }) => name),
    target.columns.map(({ name }) => name),
  );
  const columns: Record<string, Decided> = {};
  const drops: Record<string, Decided> = {};
  for (const { name } of source.columns) {
    const to = target.columns.find((column) => column.name === pairs.get(name)?.target);
    if (to === undefined) drops[name] = { proposed: 'the target has no such column' };
    else if (to.isComputed) drops[name] = 'computed by the target';
    else columns[name] = decidedOf(pairs, name);
  }
  return { to: decidedOf(tables, bareName(source.table)), columns, drops };
}

function decidedOf(pairs: NamePairs, name: string): Decided {
  const { target, isExact } = pairs.get(name) as { target: string; isExact: boolean };
  return isExact ? target : { proposed: target };
}
