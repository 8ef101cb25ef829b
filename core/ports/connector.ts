import type { ColumnType } from '../model/schema.ts';
import type { LiveSchemas } from './cutover.ts';
import type { SourceOptions, TargetOptions } from './open-options.ts';
import type { Source } from './source.ts';
import type { Target } from './target.ts';
import type { ColumnPlace, TargetType } from './target-type.ts';

/** One kind of database or file: what a folder under `connectors/` exports. */
export interface Connector {
  readonly name: string;
  /** Parses this engine's own type names. An unknown type is 'text' with its native name. */
  parseType(native: string): ColumnType;
  /**
   * The schema that a URL names; null when it names none.
   * @throws WaybillError 'configuration' when the URL cannot be read; the error never repeats the URL.
   */
  schemaOf(url: string): string | null;
  /** The URL with another schema. Absent when `schemaOf` is always null. */
  urlOf?(url: string, schema: string): string;
  /**
   * Whether a URL can name a schema apart from the database to connect to. If so, the URL of the whole source also names its
   * only schema. Otherwise a URL names a schema only where it is given for that schema.
   */
  readonly hasSchemaParameter: boolean;
  /** Chooses how the target holds a column; null for a type that waybill does not know. Absent when this kind is not a database. */
  targetType?(place: ColumnPlace): TargetType | null;
  openSource(url: string, options: SourceOptions): Promise<Source>;
  /** Absent when waybill cannot load into this kind. */
  openTarget?(url: string, options: TargetOptions): Promise<Target>;
  /** Absent when waybill cannot load into this kind. */
  openLiveSchemas?(url: string, settings: TargetOptions['settings']): Promise<LiveSchemas>;
}
