import { z } from 'zod';
import { isRule, mappingProblem } from '../../core/mapping/rule-arguments.ts';
import { hookPoints } from '../../core/model/hook.ts';
import { objectKinds, outcomes } from '../../core/model/inventory.ts';
import type { PipelineModule } from '../../core/validation/validator.ts';

const contractShape = z.record(
  z.string().min(1),
  z.object({
    key: z.array(z.string()),
    unique: z.array(z.array(z.string()).min(1)).optional(),
    columns: z.record(z.string().min(1), z.string().min(1)),
  }),
);

const mappingShape = z.unknown().superRefine((mapping, context) => {
  const message = mappingProblem(mapping);
  if (message !== null) context.addIssue({ code: 'custom', message });
});

const decisionShape = z
  .strictObject({
    kind: z.enum(objectKinds),
    name: z.string().min(1),
    outcome: z.enum(outcomes).exclude(['undeclared']),
    why: z.string(),
  })
  .refine(({ outcome, why }) => outcome === 'carried' || why !== '', { path: ['why'], message: 'gives no reason' });

/** What a module must export before it is planned: readable contracts and ordered versions. The compiler checks the rest. */
const pipelineShape = z
  .looseObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().min(1),
    source: z.looseObject({ dialect: z.string(), contract: z.record(z.string(), contractShape) }),
    target: z.looseObject({
      schema: z.string().min(1).max(63),
      contract: contractShape,
      migrations: z.string(),
      loadVersion: z.int().positive(),
      finalVersion: z.int().positive(),
    }),
    mappings: z.array(mappingShape).min(1),
    relations: z.array(z.looseObject({ child: z.string(), parent: z.string(), decision: z.string() })),
    objects: z.array(decisionShape).optional(),
    policies: z.record(z.string(), z.string().min(1)).optional(),
    params: z.record(z.string(), z.looseObject({ default: z.string(), describe: z.string() })),
    seed: z.custom<PipelineModule['seed']>((value) => typeof value === 'function', 'must be a function'),
    hooks: z.array(z.object({ point: z.enum(hookPoints), name: z.string().min(1), sql: z.string() })).optional(),
    validators: z.array(z.looseObject({ name: z.string() })).optional(),
  })
  .refine(({ target }) => target.loadVersion <= target.finalVersion, {
    path: ['target', 'finalVersion'],
    message: 'comes before loadVersion',
  });

/** Finds what is wrong with the default export of a module, one phrase each; empty when it is a pipeline. */
export function shapeProblems(exported: unknown): string[] {
  if (exported === undefined) return ['the module has no default export'];
  if (exported === null || typeof exported !== 'object') return [`its default export is a ${kindOf(exported)}`];
  if (isRule(exported)) return ['its default export is a rule'];
  if (mappingProblem(exported) === null) return ['its default export is a mapping; a pipeline lists it in mappings'];
  const issues = pipelineShape.safeParse(exported).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
