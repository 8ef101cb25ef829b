import { describe, expect, test } from 'vitest';
import type { Pipeline, Relation } from '../../../../core/mapping/pipeline.ts';
import { compositeProblems, referencesOf } from '../../../../core/mapping/plan/references.ts';
import { clinicPlan, codes, doctors, patients } from '../clinic.ts';

const { pipeline, mappings } = clinicPlan({ mappings: [doctors, codes, patients] });
const targets = new Map(mappings.map(({ target }) => [target.name, target]));

/** A relation of patients to doctors over two columns. */
function composite(orphan?: Relation['orphan'], columns = ['code_id', 'doctor_id']): Pipeline {
  const sides = { child: 'patients', columns, parent: 'doctors', parentColumns: ['name', 'id'] };
  const relation = { ...sides, decision: 'foreign-key', none: [], target: sides, why: 'declared' } as const;
  return { ...pipeline, relations: [orphan === undefined ? relation : { ...relation, orphan }] };
}

const compositesOf = (own: Pipeline) => referencesOf(own, mappings, targets).filter(({ also }) => also !== undefined);

describe('a foreign key over several columns', () => {
  test('is refused if its relation does not say what becomes of an orphan', () => {
    expect(compositeProblems(composite(), targets)).toEqual([
      {
        subject: 'patients(code_id, doctor_id)',
        message: expect.stringContaining('does not say what becomes of a row without a parent'),
      },
    ]);
    expect(compositesOf(composite())).toEqual([]);
  });

  test('is refused if the column that becomes null is not one of its own, or is NOT NULL', () => {
    const messageOf = (orphan: Relation['orphan'], columns?: string[]) =>
      compositeProblems(composite(orphan, columns), targets).map(({ message }) => message);
    expect(messageOf({ null: 'name' })).toEqual([expect.stringContaining('does not have the column name')]);
    expect(messageOf({ null: 'id' }, ['id', 'doctor_id'])).toEqual([expect.stringContaining('id to null')]);
    expect(messageOf({ null: 'code_id' })).toEqual([]);
    expect(messageOf('reject')).toEqual([]);
  });

  test('rejects or sets the named column to null, and knows the column that identifies the parent', () => {
    const common = {
      table: 'patients',
      mapping: 'c01.patient > patients',
      parent: 'doctors',
      identifying: 'doctor_id',
    };
    expect(compositesOf(composite('reject'))).toMatchObject([{ ...common, column: 'doctor_id', orphan: 'reject' }]);
    expect(compositesOf(composite({ null: 'code_id' }))).toMatchObject([
      { ...common, column: 'code_id', orphan: 'null', also: [{ column: 'doctor_id', parentColumn: 'id' }] },
    ]);
  });
});

test('a reference of a table that several mappings feed belongs to none of them yet', () => {
  const twice = [...mappings, { ...mappings[2], name: 'c01.old_patient > patients' }] as typeof mappings;
  const own = referencesOf(pipeline, twice, targets).filter(({ table }) => table === 'patients');
  expect(own.map(({ column, mapping }) => [column, mapping])).toEqual([
    ['doctor_id', null],
    ['code_id', null],
  ]);
});
