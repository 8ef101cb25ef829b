/** What pipelines and projects are written with: `import { defineProject, carry } from 'waybill'`. */

export { arrivingRows } from '../core/mapping/arrivals.ts';
export { gigabytesOfMegabytes } from '../core/mapping/convert/unit.ts';
export { uuidOf } from '../core/mapping/convert/uuid.ts';
export * from '../core/mapping/geometry-rules.ts';
export { type EntityIds, entityIds, tenantId } from '../core/mapping/ids/entity-ids.ts';
export {
  type CompiledRule,
  type Filter,
  type Join,
  type Known,
  type Mapping,
  mappingsOf,
  type Rule,
  type RuleContext,
  surveysOver,
} from '../core/mapping/mapping.ts';
export { decide } from '../core/mapping/object-decisions.ts';
export type { ObjectDecision, Pipeline, Relation, Requirement } from '../core/mapping/pipeline.ts';
export type { PlannedMapping } from '../core/mapping/plan/plan.ts';
export * from '../core/mapping/rules.ts';
export { firstOfEach, type IsFirst, type Survey } from '../core/mapping/survey.ts';
export * from '../core/mapping/typed-rules.ts';
export { winnersOver } from '../core/mapping/winners.ts';
export { type ErrorCode, exitCodes, WaybillError } from '../core/model/errors.ts';
export type { Hook } from '../core/model/hook.ts';
export type { InventoryEntry, ObjectKind, Outcome } from '../core/model/inventory.ts';
export type { ColumnType, Kind, SchemaContract, TableContract } from '../core/model/schema.ts';
export { Adjusted, type Converted, type Converter, Rejected, type Row, type Value } from '../core/model/value.ts';
export type { CheckDescription, Finding } from '../core/validation/check.ts';
export type { PipelineModule, ValidationContext, Validator } from '../core/validation/validator.ts';
export { defineProject } from '../project/define-project.ts';
export type { ProjectOptions } from '../project/options.ts';
export { readHooks } from '../project/read-hooks.ts';
export type { ProjectPipeline } from '../project/read-project.ts';
export type { Matches } from '../project/target-from/matches.ts';
export { type CheckResult, checkSubject, plural } from '../validators/check-result.ts';
