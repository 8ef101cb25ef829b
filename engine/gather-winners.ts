import type { RowCounts } from '../core/mapping/arrivals.ts';
import { joinSurveys, keyReader, type Yielding } from '../core/mapping/joins.ts';
import type { MappedRow } from '../core/mapping/mapper.ts';
import type { Plan, PlannedMapping } from '../core/mapping/plan/plan.ts';
import type { Survey } from '../core/mapping/survey.ts';
import { hashOfValue, type Orphan, type Winner, type Winners } from '../core/mapping/winners.ts';
import type { TableSchema } from '../core/model/schema.ts';
import type { Row, Value } from '../core/model/value.ts';
import type { Source } from '../core/ports/source.ts';
import { type GatheredFacts, isThere } from './surveys.ts';

/**
 * Finds out, for each mapping that yields to another, which of the winners' rows arrive. Tables are read only for keys that
 * two tables have. Memory holds a hash per column of each such row, and the keys of the parents that the winners require. Counts the
 * arriving rows that rules ask for, too.
 */
export async function gatherWinners(source: Source, plan: Plan, facts: GatheredFacts): Promise<void> {
  const counted = countedRows(plan, facts);
  if (counted.length === 0 && plan.mappings.every(({ yielding }) => yielding === null)) return;
  const live = await source.inspector.tables(Object.keys(plan.pipeline.source.contract));
  const search = new WinnerSearch(source, plan, facts, live);
  for (const planned of plan.mappings) await search.gather(planned);
  // The rules that need the counts find none of them while they are made.
  for (const survey of counted) facts.add(survey, new Map());
  for (const survey of counted) facts.add(survey, await search.countArriving(survey));
}

/** The surveys of arriving rows that the rules of a plan name. */
function countedRows({ mappings }: Plan, facts: GatheredFacts): readonly Survey<RowCounts>[] {
  const winners = new Set(mappings.map(({ yielding }) => yielding?.winners.name));
  const named = mappings
    .flatMap(({ surveys }) => surveys)
    .filter(({ isOfPlan, name }) => isOfPlan === true && !winners.has(name));
  const due = named.filter((survey) => !facts.has(survey));
  return [...new Map(due.map((survey) => [survey.name, survey])).values()] as Survey<RowCounts>[];
}

/** The required parent of a mapped row that does not arrive. */
type OrphanOf = (row: Row) => Orphan | null;

/** The keys of a parent: null where its row arrives, else why not. Of a row without a value, the source's key. */
type ParentKeys = ReadonlyMap<Value, 'parent-rejected' | 'parent-filtered' | null>;

class WinnerSearch {
  private readonly arriving = new Map<string, ParentKeys | null>();
  private readonly begun = new Set<string>();
  private readonly source: Source;
  private readonly plan: Plan;
  private readonly facts: GatheredFacts;
  private readonly live: readonly TableSchema[];

  constructor(source: Source, plan: Plan, facts: GatheredFacts, live: readonly TableSchema[]) {
    this.source = source;
    this.plan = plan;
    this.facts = facts;
    this.live = live;
  }

  /** Makes the survey of the winners over a mapping's rows, unless it is made or the source lacks a table. */
  async gather({ name, yielding, mapping }: PlannedMapping): Promise<void> {
    if (yielding === null || this.begun.has(name) || this.facts.has(yielding.winners)) return;
    this.begun.add(name);
    // Until they are found, and where the source lacks the losers' table, no row has a winner over it.
    if (!this.facts.has(yielding.keys)) return this.facts.add(yielding.winners, new Map());
    const winner = this.plan.mappings.find((m) => m.mapping.from === yielding.to && m.mapping.to === mapping.to);
    if (winner === undefined) return;
    await this.gatherFor(winner);
    if (!this.canMap(winner)) return;
    this.facts.add(yielding.winners, new Map());
    this.facts.add(yielding.winners, await this.find(winner, yielding));
  }

  /** Makes the surveys that the rules of a mapping need, and its own. */
  private async gatherFor(planned: PlannedMapping): Promise<void> {
    const named = planned.surveys.map(({ name }) => name);
    for (const other of this.plan.mappings)
      if (other === planned || named.includes(other.yielding?.winners.name ?? '')) await this.gather(other);
  }

  private async find(winner: PlannedMapping, { keys }: Yielding): Promise<Winners> {
    const found = new Map<string, Winner>();
    const shared = this.facts.of(keys);
    if (shared.size === 0) return found;
    const keyOf = keyReader(winner.source);
    const orphanOf = await this.orphansOf(winner);
    for await (const { row, mapped } of this.mappedRows(winner, (row) => shared.has(keyOf(row) ?? '')))
      found.set(keyOf(row) as string, winnerOf(mapped, orphanOf));
    return found;
  }

  /** Looks for the parents that a mapping's rows require. */
  private async orphansOf({ mapping, columns, target }: PlannedMapping): Promise<OrphanOf> {
    const required: { place: number; name: string; keys: ParentKeys }[] = [];
    for (const [place, { name }] of columns.entries()) {
      const reference = mapping.columns[name]?.reference;
      if (reference?.orphan !== 'reject' || reference.entity === target.name) continue;
      const keys = await this.arrivingKeys(reference.entity, reference.column);
      if (keys !== null) required.push({ place, name, keys });
    }
    return (row) => {
      for (const { place, name: column, keys } of required) {
        const value = row[place] as Value;
        const reason = value === null ? null : keys.get(value);
        if (reason !== null) return { column, rule: reason ?? 'orphan' };
      }
      return null;
    };
  }

  /** The keys of a parent; null where they are not known, as within a circle. */
  private async arrivingKeys(entity: string, column?: string): Promise<ParentKeys | null> {
    const name = `${entity}.${column ?? ''}`;
    if (!this.arriving.has(name)) {
      this.arriving.set(name, null);
      this.arriving.set(name, await this.readArriving(entity, column));
    }
    return this.arriving.get(name) ?? null;
  }

  private async readArriving(entity: string, column?: string): Promise<ParentKeys | null> {
    const feeding = this.plan.mappings.filter((m) => m.target.name === entity);
    for (const planned of feeding) await this.gatherFor(planned);
    if (feeding.length === 0 || !feeding.every((planned) => this.canMap(planned))) return null;
    const keys = new Map<Value, 'parent-rejected' | 'parent-filtered' | null>();
    for (const planned of feeding) {
      await this.readValues(planned, column ?? (planned.target.key[0] as string), (value, lost) => {
        if (keys.get(value) !== null) keys.set(value, lost);
      });
    }
    return keys;
  }

  /** Counts the rows of a target table that arrive by the value of a column, null left out. */
  async countArriving({ from, reads }: Survey<RowCounts>): Promise<RowCounts> {
    const counts = new Map<string, number>();
    for (const planned of this.plan.mappings.filter(({ target }) => target.name === from)) {
      await this.gatherFor(planned);
      if (!this.canMap(planned)) continue;
      await this.readValues(planned, reads[0] as string, (value, lost) => {
        if (value !== null && lost === null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
      });
    }
    return counts;
  }

  /** Reads a target column of a mapping's rows, and why a row does not arrive. */
  private async readValues(
    planned: PlannedMapping,
    column: string,
    add: (value: Value, lost: 'parent-rejected' | 'parent-filtered' | null) => void,
  ): Promise<void> {
    const place = planned.columns.findIndex(({ name }) => name === column);
    const orphanOf = await this.orphansOf(planned);
    const keyOf = keyReader(planned.source);
    for await (const { row, mapped } of this.mappedRows(planned, () => true)) {
      if (mapped.row === null) add(keyOf(row), mapped.filter === null ? 'parent-rejected' : 'parent-filtered');
      else add(mapped.row[place] as Value, orphanOf(mapped.row) === null ? null : 'parent-rejected');
    }
  }

  /** Whether the source has the mapping's table, and the surveys that it needs were made. */
  private canMap(planned: PlannedMapping): boolean {
    const joined = joinSurveys(planned.mapping, this.plan.pipeline.source.contract);
    const needed = [...joined, ...planned.surveys, ...(planned.yielding === null ? [] : [planned.yielding.winners])];
    return isThere(planned.source, this.live) && needed.every((survey) => this.facts.has(survey));
  }

  private async *mappedRows(
    planned: PlannedMapping,
    takes: (row: Row) => boolean,
  ): AsyncGenerator<{ row: Row; mapped: MappedRow }, void, undefined> {
    for (const part of await this.source.parts(planned.source, partRows)) {
      const mapper = planned.mapper();
      for await (const batch of this.source.read(planned.source, part))
        for (const row of batch) if (takes(row)) yield { row, mapped: mapper.map(row) };
    }
  }
}

/** Facts keep no state per part, so the default part size is fine. */
const partRows = 50_000;

function winnerOf({ row, filter }: MappedRow, orphanOf: OrphanOf): Winner {
  if (filter !== null) return { outcome: 'filtered', orphan: null, hashes: null };
  if (row === null) return { outcome: 'rejected', orphan: null, hashes: null };
  const orphan = orphanOf(row);
  if (orphan !== null) return { outcome: 'rejected', orphan, hashes: null };
  return { outcome: 'arrives', orphan, hashes: Float64Array.from(row, hashOfValue) };
}
