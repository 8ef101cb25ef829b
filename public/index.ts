/** What pipelines and projects are written with: `import { defineProject, carry } from 'waybill'`. */

export type { Filter, Join, Mapping, Rule, RuleContext } from '../core/mapping/mapping.ts';
export type { Pipeline, Relation, Requirement } from '../core/mapping/pipeline.ts';
export * from '../core/mapping/rules.ts';
export type { Survey } from '../core/mapping/survey.ts';
export * from '../core/mapping/typed-rules.ts';
export { type ErrorCode, exitCodes, WaybillError } from '../core/model/errors.ts';
export type { ColumnType, Kind, SchemaContract, TableContract } from '../core/model/schema.ts';
export { Adjusted, type Converted, type Converter, Rejected, type Row, type Value } from '../core/model/value.ts';
export type { CheckDescription, Finding } from '../core/validation/check.ts';
export type { PipelineModule, ValidationContext, Validator } from '../core/validation/validator.ts';
export { defineProject } from '../project/define-project.ts';
export type { ProjectOptions } from '../project/options.ts';
export type { ProjectPipeline } from '../project/read-project.ts';
