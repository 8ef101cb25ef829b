import { z } from 'zod';

const schemaContract = z.record(
  z.string().min(1),
  z.object({
    key: z.array(z.string()),
    unique: z.array(z.array(z.string()).min(1)).optional(),
    columns: z.record(z.string().min(1), z.string().min(1)),
  }),
);

/**
 * What must hold of a pipeline before it is planned, whoever wrote it: contracts that can be read, versions in order. The
 * compiler checks the rest for those who use it.
 */
export const pipelineShape = z
  .looseObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().min(1),
    source: z.looseObject({ dialect: z.string(), contract: z.record(z.string(), schemaContract) }),
    target: z.looseObject({
      schema: z.string().min(1).max(63),
      contract: schemaContract,
      migrations: z.string(),
      loadVersion: z.int().positive(),
      finalVersion: z.int().positive(),
    }),
    mappings: z.array(z.looseObject({ from: z.string(), to: z.string() })).min(1),
  })
  .refine(({ target }) => target.loadVersion <= target.finalVersion, {
    path: ['target', 'finalVersion'],
    message: 'comes before loadVersion',
  });
