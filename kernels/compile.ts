import type { RuleStep } from '../core/mapping/mapper.ts';
import type { FastTask } from '../core/mapping/plan/fast-path.ts';
import type { CellForm } from '../core/model/cells.ts';
import { type RowFormat, Unencodable } from '../core/model/encoded.ts';
import type { Column, ColumnType, Kind } from '../core/model/schema.ts';
import type { Value } from '../core/model/value.ts';
import { integers } from './canonical-text.ts';
import { copyBinaryKernel } from './copy-binary.ts';
import { jsonLineKernel } from './json-line.ts';
import type { Kernel, Pair } from './kernel.ts';
import { jsonMembersOf, type KernelSelection, membersOf, oneOf } from './kernel-selection.ts';
import { MADE, REMEMBERED } from './layout.ts';
import { byValue, type CompiledColumn, whenFlagged } from './steps.ts';

const encoder = new TextEncoder();

/** Compiles one column; null when the format has no kernels, or cannot hold a NULL or constant that every row would meet. */
export function compileColumn(task: FastTask, ruleStep: RuleStep, place: number): CompiledColumn | null {
  const { rule, reads } = ruleStep;
  if (task.format.name === 'copy-text') return null;
  const made: Made = (value) => orNone(task.format.value(place, value));
  const step = byValue(task, ruleStep, place);
  const nullMade = made(rule.how.kind === 'constant' ? rule.how.value : null);
  if (nullMade === null) return null;
  const [read = 0] = reads;
  const slow = { read, kernel: null, nullCells: [], flag: null, nullMade, step };
  if (rule.how.kind === 'constant') return { ...slow, read: -1, kernel: { code: MADE } };
  const { operation } = rule;
  if (operation === undefined || (operation.name === 'carry' && operation.isConverted)) return slow;
  const source = (task.source[read] as Column).type;
  const form = task.reading.forms[read] as CellForm;
  const pair = { operation, source, form, target: (task.columns[place] as Column).type };
  const column = withQuickest(pair, made, slow, task);
  return operation.name === 'reference' && operation.whenEquals !== null
    ? (flagged(task, reads[1] as number, operation.whenEquals, column) ?? slow)
    : column;
}

/** Encodes a value in the format; null when the format cannot hold it. */
type Made = (value: Value) => Uint8Array | null;

function orNone(encoded: Uint8Array | Unencodable): Uint8Array | null {
  return encoded instanceof Unencodable ? null : encoded.slice();
}

function withQuickest(pair: Pair, made: Made, slow: CompiledColumn, { format }: FastTask): CompiledColumn {
  const choices = choicesOf(pair);
  if (choices !== null) return { ...slow, kernel: oneOf(choicesMade(choices, made)) };
  const kernel = kernelOf(pair, format.name) ?? membersKernel(pair, made, format.name);
  if (kernel !== null) return { ...slow, kernel, nullCells: nullCells(pair) };
  return isRemembered(pair) ? { ...slow, kernel: { code: REMEMBERED, first: ++rememberedColumns } } : slow;
}

/** Numbers given to columns so far. */
let rememberedColumns = 0;

/** Bytes of an array of COPY BINARY before its first member: its length and its head. */
const ARRAY_BYTES = 24;

/** The kernel of a set. The bytes of each member come from the encoded array of that member alone. */
function membersKernel(
  { operation, source, form, target }: Pair,
  made: Made,
  format: RowFormat['name'],
): Kernel | null {
  if (form !== 'comma-list' || target.kind !== 'textArray') return null;
  const labels = operation.name === 'members' ? operation.labels : (source.labels ?? []);
  const none = made([]);
  if (none === null) return null;
  const [before, after] = format === 'json-line' ? [1, -1] : [ARRAY_BYTES, undefined];
  const choices = choicesMade(
    labels.map((label) => [label, [label]]),
    made,
  ).map(({ cell, made: array }) => ({ cell, made: array.slice(before, after) }));
  return format === 'json-line' ? jsonMembersOf(choices) : membersOf(choices, none.slice(-4));
}

/** A cell, a character a byte but for labels, and its value under the rule. */
type Choices = readonly (readonly [cell: string, value: Value])[];

const digits: Choices = Object.entries({ 0: false, 1: true });
const letters: Choices = Object.entries({ f: false, t: true, false: false, true: true });
const singleBytes: Choices = Object.entries({ '\u0000': false, '\u0001': true });

/** The few cells that are plain; null where any cell may be. */
function choicesOf({ operation, source, form }: Pair): Choices | null {
  if (operation.name === 'label' && form === 'text') return operation.labels.map((label) => [label, label]);
  if (operation.name !== 'boolean' && !(operation.name === 'carry' && source.kind === 'boolean')) return null;
  const isBit = source.kind === 'bits' && source.length === 1;
  if (form === 'raw') return isBit ? singleBytes : null;
  if (form !== 'text') return null;
  if (source.kind === 'boolean') return letters;
  return isBit || integers.has(source.kind) ? digits : null;
}

function choicesMade(choices: Choices, made: Made): KernelSelection[] {
  return choices.flatMap(([cell, value]) => {
    const becomes = made(value);
    return becomes === null ? [] : [{ cell: encoder.encode(cell), made: becomes }];
  });
}

function kernelOf(pair: Pair, format: RowFormat['name']): Kernel | null {
  return format === 'copy-binary' ? copyBinaryKernel(pair) : jsonLineKernel(pair);
}

/** The cells that the rule makes null. */
function nullCells({ operation, source }: Pair): readonly Uint8Array[] {
  if (operation.name === 'text') return operation.emptyIsNull && isText(source) ? [new Uint8Array(0)] : [];
  if (operation.name !== 'reference') return [];
  return operation.none.map((value) => encoder.encode(value));
}

/** Of these, the empty cell is the empty text. */
function isText({ kind }: ColumnType): boolean {
  return kind === 'text' || kind === 'enum' || kind === 'json';
}

/** Whether a result depends on one cell, is expensive to make and has few distinct cells: labels, bits, keys of text, sets that no kernel makes. */
function isRemembered({ operation, source }: Pair): boolean {
  if (operation.name === 'id') return false;
  return operation.name === 'reference' ? operation.keyedBy === 'text' : rememberedKinds.has(source.kind);
}

const rememberedKinds: ReadonlySet<Kind> = new Set(['set', 'enum', 'bits']);

/** The column with its flag checked first; null where the flag's cells cannot be compared as bytes. */
function flagged(
  task: FastTask,
  read: number,
  equals: readonly string[],
  column: CompiledColumn,
): CompiledColumn | null {
  const { type } = task.source[read] as Column;
  if (task.reading.forms[read] !== 'text' || !(integers.has(type.kind) || isText(type))) return null;
  if (!equals.every(isPlainFlag)) return null;
  const flag = { read, equals: equals.map((value) => encoder.encode(value)) };
  const step = whenFlagged(flag, column.nullMade, column.step, task.source.length);
  return { ...column, flag, step };
}

/** ASCII, and not the word that a NULL would be compared as. */
function isPlainFlag(value: string): boolean {
  return value !== 'null' && [...value].every((char) => char <= '\u007f');
}
