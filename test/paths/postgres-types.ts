import { awkwardTexts } from '../connectors/postgres/awkward.ts';
import {
  clocks,
  dates,
  decimals,
  doubles,
  floats,
  type Generate,
  hexUpTo,
  integers,
  moments,
  oneOf,
  texts,
  uuids,
} from './generated.ts';

/** A carried column of one of PostgreSQL's types. */
export interface PostgresColumn {
  readonly type: string;
  /** The target's type, if it differs. */
  readonly into?: string;
  readonly value: Generate;
}

/** Mostly generated values, and sometimes one of the extremes. */
const mixed =
  (generate: Generate, ...extremes: readonly string[]): Generate =>
  (random) =>
    random.chance(0.2) ? random.pick(extremes) : generate(random);

const json = ['null', '[]', '{"a": 1.0,  "a":2}', '{"b": [1e5, "\\u00e9\\n"]}', '"\\\\"', '12345678901234567890.10'];
const bits =
  (length: number): Generate =>
  (random) =>
    Array.from({ length }, () => random.int(2)).join('');
const days = mixed(dates(), '4713-01-01 BC', 'infinity', '-infinity', '10000-01-01', '1582-10-10');
const moment = moments(dates(), clocks(6));
const lateMoments = ['4713-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999', 'infinity', '-infinity'];
const zones: Generate = oneOf('+00', '+14', '-12', '+05:45', '-03:30');
const arrays = ['{}', '{"",NULL,"NULL","a b"}', '{"\\"","\\\\","{}",","}', '{{a,b},{c,d}}', '{😀,"e\u0301\n"}'];

export const moods = ['', 'a,b', 'it\'s \\ "q"'];

/** Every type that the connector knows. */
export const postgresTypes: readonly PostgresColumn[] = [
  { type: 'boolean', value: oneOf('true', 'false') },
  { type: 'smallint', value: integers(-(2n ** 15n), 2n ** 15n - 1n) },
  { type: 'integer', value: integers(-(2n ** 31n), 2n ** 31n - 1n) },
  { type: 'bigint', value: integers(-(2n ** 63n), 2n ** 63n - 1n) },
  { type: 'numeric(20,4)', value: mixed(decimals(20, 4), 'NaN') },
  {
    type: 'numeric',
    value: mixed(decimals(60, 30), 'NaN', 'Infinity', '-Infinity', '1e-29', '1e400', '0.0000', '-0.50'),
  },
  { type: 'real', value: mixed(floats, 'NaN', 'Infinity', '-Infinity', '-0') },
  { type: 'double precision', value: mixed(doubles, 'NaN', 'Infinity', '-Infinity', '-0') },
  { type: 'text', value: texts(awkwardTexts, 300) },
  { type: 'varchar(10)', value: texts(awkwardTexts, 10) },
  { type: 'char(5)', value: texts(awkwardTexts, 5) },
  { type: 'mood', value: oneOf(...moods) },
  { type: 'text[]', value: oneOf(...arrays) },
  { type: 'json', value: oneOf(...json) },
  { type: 'jsonb', value: oneOf(...json) },
  { type: 'bytea', value: (random) => `\\x${hexUpTo(300)(random)}` },
  { type: 'bit(4)', value: bits(4) },
  { type: 'varbit(64)', value: (random) => bits(random.int(65))(random) },
  { type: 'date', value: days },
  { type: 'time', value: mixed(clocks(6), '24:00:00') },
  { type: 'time(3)', value: clocks(3) },
  { type: 'timestamp', value: mixed(moment, ...lateMoments) },
  { type: 'timestamp(3)', value: moments(dates(), clocks(3)) },
  { type: 'timestamptz', value: mixed((random) => moment(random) + zones(random), ...lateMoments) },
  { type: 'uuid', value: mixed(uuids, 'F47AC10B-58CC-4372-A567-0E02B2C3D479') },
  { type: 'interval', into: 'text', value: oneOf('0', '-1 year -2 months +3 days -04:05:06.7', '178000000 years') },
];
