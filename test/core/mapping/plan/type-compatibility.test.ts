import { describe, expect, test } from 'vitest';
import { isTypeCompatible } from '../../../../core/mapping/plan/type-compatibility.ts';
import { type ColumnType, type Kind, kinds } from '../../../../core/model/schema.ts';

const type = (kind: Kind, sizes: Partial<ColumnType> = {}): ColumnType => ({ kind, native: kind, ...sizes });

/** The kinds that can hold all values of a kind, regardless of size. Every other pair must be refused. */
const mayHold: Readonly<Record<Kind, readonly Kind[]>> = {
  boolean: ['boolean'],
  int16: ['int16', 'int32', 'int64', 'decimal'],
  int32: ['int32', 'int64', 'decimal'],
  int64: ['int64', 'decimal'],
  uint64: ['decimal'],
  decimal: ['decimal'],
  float32: ['float32', 'float64'],
  float64: ['float64'],
  text: ['text', 'json', 'uuid', 'inet', 'cidr', 'macaddr'],
  enum: ['enum', 'text'],
  set: ['textArray', 'text'],
  textArray: ['textArray'],
  json: ['json', 'text'],
  bytes: ['bytes'],
  bits: ['bits', 'text'],
  date: ['date', 'text', 'timestamp'],
  time: ['time', 'text', 'interval'],
  timestamp: ['timestamp', 'text'],
  timestamptz: ['timestamptz', 'text'],
  uuid: ['uuid', 'text'],
  interval: ['interval', 'text'],
  inet: ['inet', 'text'],
  cidr: ['cidr', 'inet', 'text'],
  macaddr: ['macaddr', 'text'],
  other: ['other'],
};

describe('without sizes', () => {
  const pairs = kinds.flatMap((from) => kinds.map((to) => [from, to, mayHold[from].includes(to)] as const));

  test.each(pairs.filter(([, , isHeld]) => isHeld))('%s is accepted by %s', (from, to) => {
    expect(isTypeCompatible(type(from), type(to))).toBe(true);
  });

  test.each(pairs.filter(([, , isHeld]) => !isHeld))('%s is refused by %s', (from, to) => {
    expect(isTypeCompatible(type(from), type(to))).toBe(false);
  });
});

const decimal = (precision: number, scale: number): ColumnType => type('decimal', { precision, scale });

describe('numbers', () => {
  test.each([
    [decimal(18, 2), decimal(18, 2), true],
    [decimal(18, 2), decimal(20, 4), true],
    [decimal(18, 2), decimal(18, 4), false],
    [decimal(18, 2), decimal(17, 2), false],
    [decimal(18, 2), decimal(20, 1), false],
    [decimal(65, 30), type('decimal'), true],
    [type('decimal'), decimal(65, 30), false],
    [type('int16'), decimal(5, 0), true],
    [type('int16'), decimal(4, 0), false],
    [type('int32'), decimal(12, 2), true],
    [type('int32'), decimal(10, 2), false],
    [type('int64'), decimal(19, 0), true],
    [type('int64'), decimal(18, 0), false],
    [type('uint64'), decimal(20, 0), true],
    [type('uint64'), decimal(19, 0), false],
    [type('float64'), decimal(18, 2), false],
    [type('text'), decimal(18, 2), false],
    [type('boolean'), decimal(18, 2), false],
  ])('%o into %o: %s', (from, to, isHeld) => expect(isTypeCompatible(from, to)).toBe(isHeld));
});

const sized = (kind: Kind, length: number): ColumnType => type(kind, { length });

describe('lengths', () => {
  test.each([
    [sized('text', 50), sized('text', 50), true],
    [sized('text', 50), sized('text', 49), false],
    [sized('text', 50), type('text'), true],
    [type('text'), sized('text', 50), false],
    [type('json'), sized('text', 50), false],
    [type('uuid'), sized('text', 35), false],
    [sized('bits', 8), sized('bits', 8), true],
    [sized('bits', 9), sized('bits', 8), false],
    [sized('bits', 8), sized('text', 7), false],
  ])('%o into %o: %s', (from, to, isHeld) => expect(isTypeCompatible(from, to)).toBe(isHeld));
});

const fraction = (kind: Kind, scale: number): ColumnType => type(kind, { scale });

describe('fractions of a second', () => {
  test.each([
    [fraction('timestamp', 0), fraction('timestamp', 6), true],
    [fraction('timestamp', 6), fraction('timestamp', 3), false],
    [type('timestamp'), fraction('timestamp', 6), true],
    [type('timestamp'), fraction('timestamp', 5), false],
    [fraction('timestamp', 7), type('timestamp'), false],
    [fraction('timestamptz', 6), fraction('timestamptz', 0), false],
    [fraction('time', 3), fraction('time', 3), true],
    [fraction('time', 3), fraction('time', 2), false],
  ])('%o into %o: %s', (from, to, isHeld) => expect(isTypeCompatible(from, to)).toBe(isHeld));
});

const choice = (kind: Kind, ...labels: string[]): ColumnType => type(kind, { labels });

describe('stored forms', () => {
  const bits = (length: number, isFixed: boolean): ColumnType =>
    type('bits', { length, ...(isFixed ? { form: 'fixed' } : {}) });

  test.each([
    [bits(4, true), bits(4, true), true],
    [bits(3, true), bits(4, true), false],
    [bits(4, false), bits(4, true), false],
    [bits(4, true), bits(8, false), true],
    [sized('text', 5), type('text', { length: 5, form: 'padded' }), true],
    [sized('text', 6), type('text', { length: 5, form: 'padded' }), false],
    [type('int16'), type('decimal', { precision: 5, scale: -2 }), false],
    [type('other', { native: 'xml' }), type('other', { native: 'xml' }), true],
    [type('other', { native: 'xml' }), type('other', { native: 'tsvector' }), false],
    [type('time', { scale: 6 }), type('interval', { scale: 3 }), false],
    [type('date'), type('timestamp', { scale: 0 }), true],
    [bits(15, true), type('int16'), true],
    [bits(16, true), type('int16'), false],
    [bits(31, true), type('int32'), true],
    [bits(32, true), type('int32'), false],
    [bits(63, true), type('int64'), true],
    [bits(64, true), type('int64'), false],
    [bits(8, false), type('int64'), false],
    [bits(64, true), type('decimal'), true],
    [bits(64, true), type('decimal', { precision: 20, scale: 0 }), true],
    [bits(64, true), type('decimal', { precision: 19, scale: 0 }), false],
    [bits(8, true), type('decimal', { precision: 20, scale: 2 }), false],
    [bits(8, false), type('decimal'), false],
    [bits(9, true), type('bytes'), true],
    [bits(9, false), type('bytes'), false],
  ] as const)('%o into %o: %s', (from, to, isHeld) => expect(isTypeCompatible(from, to)).toBe(isHeld));
});

describe('labels', () => {
  test('an enum is accepted by one that has all its labels', () => {
    expect(isTypeCompatible(choice('enum', 'a', 'b'), choice('enum', 'b', 'c', 'a'))).toBe(true);
  });

  test('an enum is refused by one that lacks a label, even if only the case differs', () => {
    expect(isTypeCompatible(choice('enum', 'a', 'b'), choice('enum', 'a'))).toBe(false);
    expect(isTypeCompatible(choice('enum', 'a'), choice('enum', 'A'))).toBe(false);
  });

  test('an enum is accepted by text that is as long as its longest label', () => {
    expect(isTypeCompatible(choice('enum', 'a', 'bcd'), sized('text', 3))).toBe(true);
    expect(isTypeCompatible(choice('enum', 'a', 'bcd'), sized('text', 2))).toBe(false);
  });

  test('a set is accepted by text that is as long as all its labels', () => {
    expect(isTypeCompatible(choice('set', 'a', 'bcd'), sized('text', 5))).toBe(true);
    expect(isTypeCompatible(choice('set', 'a', 'bcd'), sized('text', 4))).toBe(false);
    expect(isTypeCompatible(choice('set', 'a', 'bcd'), type('text'))).toBe(true);
  });
});
