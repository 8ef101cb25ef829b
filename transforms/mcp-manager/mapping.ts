import { type ColumnType, constant, mappingsOf, narrow, surveysOver } from '../../public/index.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the source. */
export const mapping = mappingsOf<typeof source>();

/** The `survey` function of this pipeline, checked in the same way. */
export const survey = surveysOver<typeof source>();

export const text: ColumnType = { kind: 'text', native: 'text' };
export const integer: ColumnType = { kind: 'int32', native: 'integer' };
export const boolean: ColumnType = { kind: 'boolean', native: 'boolean' };

/** A value that is true of every source row although the source has no column for it. */
export const always = (value: string | boolean) => constant('always', () => value);

/** An unknown value: null, because the target's default would claim something. */
export const unknown = () => constant('unknown', () => null);

/** A measured value. One that does not fit becomes null, so that the row and its children arrive without it. */
export const statistic = <C extends string>(column: C) => narrow(column, { outOfRange: 'null' });

/** The member of a JSON column that keeps the source values without a target column. */
export const LEGACY = '_legacy';

/** Source enum labels are the names of Python enum members. The target has the values of the members. */
export const transportTypes = { HTTP: 'http', WEBSOCKET: 'websocket', STDIO: 'stdio', SSE: 'sse' };
