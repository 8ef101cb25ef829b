import {
  Adjusted,
  type ColumnType,
  type CompiledRule,
  type Converted,
  constant,
  derive,
  gigabytesOfMegabytes,
  pointsAt,
  Rejected,
  type Row,
  type Rule,
  type Value,
} from '../../public/index.ts';

export const uuid = { kind: 'uuid', native: 'uuid' } as const;

export function varchar(length: number): ColumnType {
  return { kind: 'text', native: `character varying(${length})`, length };
}

/** A value that the old table does not have. */
export const nothing = () => constant('nothing', () => null);

/** A column of the flow that a master flow extends. Rejects a row without its flow, and a text that is too long. */
export function ofFlow<C extends string>(column: C, gives: ColumnType): Rule<C> {
  const fits = (text: string): boolean => gives.length === undefined || [...text].length <= gives.length;
  const rule = derive(
    [column],
    gives,
    (row) => {
      const value = row[column] as string | null;
      if (value === null) return new Rejected('no-flow');
      return fits(value) ? value : new Rejected('too-long');
    },
    { mayBeNull: false },
  );
  return { ...rule, detail: `${rule.detail} ${gives.native}` };
}

/**
 * The flow id of a master flow that the old table referred to by its key. A value that is not a key is taken as a flow id.
 * It becomes null if it is not a flow id either.
 */
export function masterFlowOf<C extends string>(key: C, flowId: C): Rule<C> {
  const rule = derive([key, flowId], uuid, (row) => row[flowId] ?? row[key]);
  return toMasterFlow(rule);
}

/** A reference to a master flow by its flow id, which is a second unique key in the target. */
export function toMasterFlow<C extends string>(rule: Rule<C>): Rule<C> {
  return pointsAt('crewai_flow_state_extensions', rule, 'null', { column: 'flow_id' });
}

/** The user that the old schema names for actions without a person. */
export const systemUser = () => constant('system-user', ({ params }) => params['system-user'] as string);

/** A column that the target requires. A null of the old table becomes `value` (adjustment `policy`). */
export function orElse<C extends string>(rule: Rule<C>, value: string, policy: string): Rule<C> {
  return {
    ...rule,
    detail: `else ${value}`,
    compile(context): CompiledRule {
      const { gives, how } = rule.compile(context);
      if (how.kind !== 'converter') throw new RangeError(`${rule.name} reads more than one column`);
      const convert = ([own]: Row): Converted =>
        own === null ? new Adjusted(value, policy) : how.convert(own as Value);
      return { gives, mayBeNull: false, how: { kind: 'row', convert } };
    },
  };
}

/** Gigabytes, else converted megabytes. If both are there and differ, gigabytes win (adjustment `unit-conflict`). */
export function gigabytes<C extends string>(megabytes: C, own: C): Rule<C> {
  return derive([megabytes, own], { kind: 'float64', native: 'double precision' }, (row) => {
    const converted = row[megabytes] === null ? null : gigabytesOfMegabytes(row[megabytes]);
    if (row[own] === null) return converted;
    return converted === null || converted === row[own] ? row[own] : new Adjusted(row[own] as Value, 'unit-conflict');
  });
}
