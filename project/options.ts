import type { Mapping } from '../core/mapping/mapping.ts';
import type { ObjectDecision } from '../core/mapping/pipeline.ts';
import type { Stamp } from './ddl/stamp.ts';
import type { Matches } from './target-from/matches.ts';

/** What a person decides about a project. Everything is optional: without it, the structure and the data decide. */
export interface ProjectOptions {
  /** Name of the pipeline: lower case, digits and hyphens. Default: made from the name of the source's schema. */
  readonly name?: string;
  /**
   * The live schema of the target. Default: the name of the source's schema, in lower-case letters, digits and underscores; of several
   * schemas, all names with `_` between them.
   */
  readonly schema?: string;
  /** Target names of tables and columns; a function gets the schema of the table as well. Default: `same`. */
  readonly names?: 'same' | 'snake_case' | ((name: string, schema: string) => string);
  /** `table.column` of the source, or a type of the source such as `tinyint(1)` → the type of the target. A column wins over a type. */
  readonly types?: Readonly<Record<string, string>>;
  /** An enum of MySQL is `text` with a check, or a `type` of its own. Default: text. */
  readonly enums?: 'text' | 'type';
  /**
   * What holds text whose collation ignores case in MySQL: the extension `citext`, or a nondeterministic `collation` of ICU. Default:
   * ordinary text, which compares exactly.
   */
  readonly ignoreCase?: 'citext' | 'collation';
  /** Whether checks keep negative numbers out of columns that are unsigned in MySQL. */
  readonly unsigned?: 'checked';
  /** What becomes of `on update current_timestamp`. Default: left behind. */
  readonly onUpdate?: 'trigger' | 'left behind';
  /** What becomes of full-text indexes of MySQL: a `gin` index over `to_tsvector('simple', …)`. Default: left behind. */
  readonly fullText?: 'gin' | 'left behind';
  /** Whether tables of PostgreSQL that are divided into partitions stay divided. Default: one table with all rows. */
  readonly partitions?: 'kept' | 'joined';
  /** Whether policies of PostgreSQL are made, where the target has their roles. Default: left behind. */
  readonly policies?: 'carried' | 'left behind';
  /** Whether PostgreSQL's grants on tables and views are granted to those roles that the target has. Default: left behind. */
  readonly grants?: 'carried' | 'left behind';
  /**
   * The version table of the tool that goes on migrating the target, filled so that the tool takes the schema as it is: `{ tool:
   * 'alembic', version: '9c1f' }`. Drizzle keeps its table in another schema: use a hook.
   */
  readonly stamp?: Stamp;
  /** Source tables that stay behind, with the reason; `*` stands for any characters. */
  readonly leftBehind?: Readonly<Record<string, string>>;
  /** `table.column` of a child → what becomes of a row without a parent. Default: null where the column may be null, else reject. */
  readonly orphans?: Readonly<Record<string, 'null' | 'reject'>>;
  /** What becomes of objects of the source where it is not what waybill makes of them: a view that a person has ported. */
  readonly objects?: readonly ObjectDecision[];
  /** How the names of the source match those of a target that another tool made; only for a project with such a target. */
  readonly matches?: Matches;
  /** Mappings that replace those made from the structure, found by their source table. */
  readonly mappings?: readonly Mapping[];
}
