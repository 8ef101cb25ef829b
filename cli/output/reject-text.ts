import { unescapeField } from '../../connectors/postgres/copy/copy-text.ts';
import { keyOfId } from '../../core/mapping/ids/entity-ids.ts';
import { isSourceRow, rowOfReject } from '../../core/mapping/plan/rejected-row.ts';
import { recordedValue } from '../../core/model/records.ts';
import { visible } from '../../core/visible-text.ts';
import type { NumberedCause, Reject } from '../../engine/rejects/reject-causes.ts';
import type { Unreplayed } from '../../engine/rejects/replay-rows.ts';
import type { ReplayResult } from '../../engine/rejects/replay-run.ts';

/** Keys that a list shows for each cause. */
const maxKeys = 5;

/** Returns a cause as data: keys, but no other values. */
export function causeFacts({ number, parent, rejects }: NumberedCause): object {
  const [{ record }] = rejects as [Reject];
  const { mapping, stage, rule, column, sqlstate, constraint } = record;
  const sampleKeys = rejects.slice(0, maxKeys).map(listedKey);
  return { number, parent, mapping, stage, rule, column, sqlstate, constraint, count: rejects.length, sampleKeys };
}

/** Formats the output of `waybill rejects list`. */
export function causesText(run: string, causes: readonly NumberedCause[]): string {
  const total = causes.reduce((sum, { rejects }) => sum + rejects.length, 0);
  const lines = causes.flatMap(({ number, depth, rejects }) => {
    const [first] = rejects as [Reject];
    const indent = '  '.repeat(depth);
    const keys = rejects.slice(0, maxKeys).map((reject) => visible(listedKey(reject)));
    const more = rejects.length > maxKeys ? ', …' : '';
    return [
      `${indent}${number}  ${first.record.mapping}  ${first.record.stage}  ${causeOf(first)}  ${rejects.length}`,
      `${indent}   ${keys.join('; ')}${more}`,
    ];
  });
  return `${total} rejects in run ${run}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function causeOf({ record }: Reject): string {
  const { rule, column, sqlstate, constraint } = record;
  return (sqlstate === null ? [column, rule] : [column, sqlstate, constraint])
    .filter((part) => part !== null)
    .join(' ');
}

/**
 * The key that lists show: that of the source row. A row that orphan handling removed is recorded by its target key, from which the
 * legacy key is read where the id carries it.
 */
export function listedKey({ record, planned }: Pick<Reject, 'record' | 'planned'>): string {
  const [id = '', ...more] = record.stage === 'resolve' ? record.key.split(', ') : [];
  const legacy = more.length === 0 ? keyOfId(id.slice(id.indexOf('=') + 1)) : null;
  const [column, ...others] = planned.source.key;
  return legacy === null || column === undefined || others.length > 0 ? record.key : `${column}=${legacy}`;
}

/** Returns a reject as data, with its values only if `hasValues`. */
export function rejectFacts({ record, planned, place }: Reject, hasValues: boolean): object {
  const { row: _, kind: __, parent, unread, ...facts } = record;
  const where = unread === undefined ? {} : { unread: hasValues ? unread : unread.map(({ place }) => place) };
  const above = parent === undefined ? {} : { parent: hasValues ? parent : { table: parent.table } };
  const reject = { record, planned, place };
  const from = listedKey(reject) === record.key ? {} : { sourceKey: listedKey(reject) };
  return { ...facts, ...from, place, ...where, ...above, ...(hasValues ? { values: valuesOf(reject) } : {}) };
}

/** Column → value. A row that orphan handling removed has the text of each value of the target. */
function valuesOf({ record, planned }: Reject): Readonly<Record<string, unknown>> {
  const row = rowOfReject(record);
  if (row === null) {
    const fields = String(record.row).split('\t');
    return Object.fromEntries(
      fields.map((field, i) => [planned.columns[i]?.name ?? String(i), field === '\\N' ? null : unescapeField(field)]),
    );
  }
  const columns = isSourceRow(planned, record, row) ? planned.source.columns : planned.columns;
  return Object.fromEntries(row.map((value, i) => [columns[i]?.name ?? String(i), recordedValue(value)]));
}

/** Formats a reject in full. */
export function rejectText(reject: Reject, hasValues: boolean): string {
  const { values = {}, ...facts } = rejectFacts(reject, hasValues) as Record<string, unknown>;
  const lines = Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [lineOf(name, value)]));
  for (const [name, value] of Object.entries(values as object)) lines.push(`  ${lineOf(name, value)}`);
  return `${lines.join('\n')}\n\n`;
}

function lineOf(name: string, value: unknown): string {
  return `${visible(name).padEnd(10)}  ${visible(typeof value === 'string' ? value : JSON.stringify(value))}`;
}

/** Formats the result of a replay and the command to type next. */
export function replayText({ run, loaded, filtered, restored, refused }: ReplayResult, pipeline: string): string {
  const lines = [
    `run         ${run}`,
    `loaded      ${loaded}`,
    ...(filtered > 0 ? [`filtered    ${filtered}`] : []),
    ...(restored > 0 ? [`restored    ${restored} references whose parents exist again`] : []),
    `rejected    ${refused.length} still`,
    ...refused
      .slice(0, maxKeys)
      .map((each) => `  ${each.reject.record.mapping}  ${each.reject.record.key}  ${nowText(each)}`),
    ...(refused.length > maxKeys ? ['  …'] : []),
    `next        waybill validate ${pipeline} --run ${run}`,
  ];
  return `${lines.join('\n')}\n`;
}

function nowText({ cause }: Unreplayed): string {
  if ('rule' in cause) return `${cause.column} ${cause.rule}`;
  return [cause.column, cause.sqlstate, cause.constraint].filter((part) => part !== null).join(' ');
}
