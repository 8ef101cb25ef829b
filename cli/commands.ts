import type { CommandModule } from 'yargs';
import { copyCommand } from './commands/copy.ts';
import { cutoverCommand } from './commands/cutover.ts';
import { demoCommand } from './commands/demo.ts';
import { dropCommand } from './commands/drop.ts';
import { exportCommand } from './commands/export.ts';
import { idCommand } from './commands/id.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { lineageCommand } from './commands/lineage.ts';
import { planCommand } from './commands/plan.ts';
import { pullCommand } from './commands/pull.ts';
import { rejectsCommand } from './commands/rejects.ts';
import { reportCommand } from './commands/report.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { transformCommand } from './commands/transform.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';

/** Every command, in the order of `--help`. */
export const commands = [
  copyCommand,
  initCommand,
  pullCommand,
  planCommand,
  runCommand,
  exportCommand,
  transformCommand,
  importCommand,
  validateCommand,
  rejectsCommand,
  verifyCommand,
  reportCommand,
  cutoverCommand,
  rollbackCommand,
  dropCommand,
  schemaCommand,
  lineageCommand,
  idCommand,
  demoCommand,
] as unknown as readonly CommandModule[];
