import { expect, test } from 'vitest';
import type { Mapping, Rule } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carry, constant, date, derive, ref, text } from '../../core/mapping/rules.ts';
import { fingerprintOf } from '../../engine/fingerprint.ts';
import { shopMappings } from '../validators/shop.ts';
import { shopPipeline } from './memory/shop-runs.ts';

const pipeline = shopPipeline(shopMappings());
const params = { tenant: 'c01', zone: 'UTC' };
const before = fingerprintOf(pipeline, params, '1.0.0');

/** The shop's pipeline with a change to its first mapping. */
function withMapping(change: (mapping: Mapping) => Partial<Mapping>): Pipeline {
  const [first, ...others] = shopMappings() as [Mapping, ...Mapping[]];
  return { ...pipeline, mappings: [{ ...first, ...change(first) }, ...others] };
}

function withRule(column: string, rule: Rule): Pipeline {
  return withMapping(({ columns }) => ({ columns: { ...columns, [column]: rule } }));
}

function withCustomer(side: 'source' | 'target', change: Readonly<Record<string, string>>): Pipeline {
  if (side === 'source') {
    const c01 = pipeline.source.contract.c01 ?? {};
    const customer = { key: ['ID'], columns: { ...c01.customer?.columns, ...change } };
    return { ...pipeline, source: { ...pipeline.source, contract: { c01: { ...c01, customer } } } };
  }
  const { contract } = pipeline.target;
  const customers = { key: ['id'], columns: { ...contract.customers?.columns, ...change } };
  return { ...pipeline, target: { ...pipeline.target, contract: { ...contract, customers } } };
}

const named: Rule = constant('constant', () => 'one');
const derived = (fn: (values: Readonly<Record<'A', unknown>>) => string) =>
  derive(['A'], { kind: 'text', native: 'text' }, fn);

const changes: Readonly<Record<string, Pipeline>> = {
  'the name of the pipeline': { ...pipeline, name: 'other' },
  'the rule of a column': withRule('code', text('Code')),
  'the column that a rule reads': withRule('a', text('B')),
  'an option of a rule': withRule('seen', date('Seen', { sentinels: ['1900-01-02'] })),
  'a rule taken away': withMapping(({ columns: { code, ...columns } }) => ({ columns })),
  'the scope of a mapping': withMapping(() => ({ scope: 'shared' })),
  'the reason why a column is left behind': withMapping(() => ({ drops: { B: 'nobody knows' } })),
  'what a filter drops': withMapping(({ filter }) => ({
    filter: { name: 'x', reads: ['Name'], ...filter, drops: ([n]) => n === 'T' },
  })),
  'a filter taken away': { ...pipeline, mappings: shopMappings().map(({ filter, ...mapping }) => mapping) },
  'the type of a source column': withCustomer('source', { Name: 'text(10)' }),
  'a source column more': withCustomer('source', { More: 'text' }),
  'whether a source column may be null': withCustomer('source', { Name: 'text not null' }),
  'the type of a target column': withCustomer('target', { name: 'text(10)' }),
  'the order of the mappings': { ...pipeline, mappings: pipeline.mappings.toReversed() },
};

test.each(Object.entries(changes))('%s changes the fingerprint', (_what, changed) => {
  expect(fingerprintOf(changed, params, '1.0.0')).not.toBe(before);
});

test('a parameter or the version of waybill changes the fingerprint', () => {
  const others = [
    fingerprintOf(pipeline, { ...params, tenant: 'c02' }, '1.0.0'),
    fingerprintOf(pipeline, { tenant: 'c01' }, '1.0.0'),
    fingerprintOf(pipeline, params, '1.0.1'),
  ];
  expect(new Set([before, ...others]).size).toBe(4);
});

test.each([
  [
    'the values that a reference reads as none',
    [ref('customers', 'A', { orphan: 'null' }), ref('customers', 'A', { orphan: 'null', none: ['0'] })],
  ],
  ['the orphan policy', [ref('customers', 'A', { orphan: 'null' }), ref('customers', 'A', { orphan: 'reject' })]],
  ['a constant', [named, constant('constant', () => 'two')]],
  ['a function', [derived(({ A }) => `${A}1`), derived(({ A }) => `${A}2`)]],
])('%s is part of the fingerprint', (_what, [one, other]) => {
  const fingerprints = [one, other].map((rule) => fingerprintOf(withRule('a', rule as Rule), params, '1.0.0'));
  expect(new Set(fingerprints).size).toBe(2);
});

test('a rebuilt pipeline, texts for readers and the order of parameters do not change the fingerprint', () => {
  const again: Pipeline = {
    ...pipeline,
    title: 'Another title',
    params: { tenant: { default: 'c09', describe: 'Other words' } },
    mappings: shopMappings(),
  };
  expect(fingerprintOf(again, { zone: 'UTC', tenant: 'c01' }, '1.0.0')).toBe(before);
  expect(fingerprintOf(withRule('balance', carry('Balance')), params, '1.0.0')).toBe(before);
  expect(before).toMatch(/^[\da-f]{64}$/);
});
