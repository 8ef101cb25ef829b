import type { SourceOptions, TargetOptions } from './open-options.ts';
import type { Source } from './source.ts';
import type { Target } from './target.ts';

/** One kind of database or file: what a folder under `connectors/` exports. */
export interface Connector {
  readonly name: string;
  /** Reads this engine's own type names; unknown ones are 'text' with their native name. */
  parseType(native: string): import('../model/schema.ts').ColumnType;
  openSource(url: string, options: SourceOptions): Promise<Source>;
  /** Absent where waybill does not load into this kind. */
  openTarget?(url: string, options: TargetOptions): Promise<Target>;
  openLiveSchemas?(url: string, settings: TargetOptions['settings']): Promise<import('./cutover.ts').LiveSchemas>;
}
