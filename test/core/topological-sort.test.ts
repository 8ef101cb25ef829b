import { expect, test } from 'vitest';
import { topologicalSort } from '../../core/topological-sort.ts';

function sorted(needs: Readonly<Record<string, readonly string[]>>): { ordered: string; circular: string } {
  const { ordered, circular } = topologicalSort(new Map(Object.entries(needs)));
  return { ordered: ordered.join(' '), circular: circular.join(' ') };
}

test('puts each name after its dependencies', () => {
  expect(sorted({ line: ['order'], order: ['customer'], customer: [] })).toEqual({
    ordered: 'customer order line',
    circular: '',
  });
});

test('keeps an order that is already valid', () => {
  const needs = { customer: [], order: ['customer'], country: [], line: ['order', 'country'] };
  expect(sorted(needs).ordered).toBe('customer order country line');
});

test('ignores a name that depends on itself, and unknown dependencies', () => {
  expect(sorted({ person: ['person', 'missing'] })).toEqual({ ordered: 'person', circular: '' });
});

test('names those on a cycle and those that depend on one, and still puts dependents last', () => {
  const needs = { report: ['order'], order: ['invoice'], invoice: ['order', 'country'], country: [] };
  expect(sorted(needs)).toEqual({ ordered: 'country invoice order report', circular: 'invoice order report' });
});
