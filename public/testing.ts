/** What tests of mappings and of connectors are written with: `import { mapRow, testConnector } from 'waybill/testing'`. */

export type { Connector } from '../core/ports/connector.ts';
export { type PostgresOptions, startPostgres } from '../servers/embedded-postgres.ts';
export type { RunningServer } from '../servers/running-server.ts';
export {
  type Conforming,
  canary,
  type ExpectedTable,
  type Harness,
  type Place,
  type TargetHarness,
  type TestFramework,
  type WrongUrl,
} from '../testing/harness.ts';
export { mapRow, type TestedRow } from '../testing/map-row.ts';
export { expectedTable, plainDdl, plainInserts, plainTables } from '../testing/tables.ts';
export { targetDdl } from '../testing/target-tables.ts';
export { testConnector } from '../testing/test-connector.ts';
