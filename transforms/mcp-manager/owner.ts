import { derive, Rejected } from '../../public/index.ts';
import { text } from './mapping.ts';
import { people } from './people.ts';

/** The owner of a tenant's rows. A row without an owner is rejected as `no-owner`. */
export function ownerOf<C extends string>(tenant: C) {
  return derive([tenant], text, (row, known) => known.facts(people).ownerOf(row[tenant]) ?? new Rejected('no-owner'), {
    mayBeNull: false,
    surveys: [people],
  });
}
