import { mappingsOf, surveysOver } from '../../core/mapping/mapping.ts';
import { constant } from '../../core/mapping/rules.ts';
import type { ColumnType } from '../../core/model/schema.ts';
import type { source } from './source/contract.ts';

/** The `mapping` function of this pipeline: table and column names are checked against the source. */
export const mapping = mappingsOf<typeof source>();

/** The `survey` function of this pipeline, checked alike. */
export const survey = surveysOver<typeof source>();

export const text: ColumnType = { kind: 'text', native: 'text' };
export const integer: ColumnType = { kind: 'int32', native: 'integer' };
export const boolean: ColumnType = { kind: 'boolean', native: 'boolean' };

/** A value that is true of every source row although the source has no column for it. */
export const always = (value: string | boolean) => constant('always', () => value);

/** An unknown value: null, where the target's default would claim something. */
export const unknown = () => constant('unknown', () => null);

/** Where the target keeps what it has no column for: a member of this name in a JSON column. */
export const LEGACY = '_legacy';

/** Enum labels are the names of Python's members; the target has their values. */
export const transportTypes = { HTTP: 'http', WEBSOCKET: 'websocket', STDIO: 'stdio', SSE: 'sse' };
