import { countDifference } from '../databases.ts';
import type { Bench, Variant } from '../variant.ts';
import { type Measured, measure } from './measure.ts';

/** A run that counts. */
export interface Sample extends Omit<Measured, 'output'> {
  readonly sourceCpuSeconds: number;
  readonly targetCpuSeconds: number;
  /** Not part of `wallSeconds`; 0 for a tool that does not validate. */
  readonly validationSeconds: number;
  /** Not part of `wallSeconds`: reading the structure and the data before the copy is decided; 0 for a tool that does not. */
  readonly profileSeconds: number;
  /** Part of `wallSeconds`: statistics, if the tool reports them. */
  readonly analyzeSeconds: number;
  /** Part of `wallSeconds`: indexes and keys, if the tool reports them. */
  readonly constraintSeconds: number;
}

/** The samples and failures of a variant. */
export interface Outcome {
  readonly variant: Variant;
  /** Why it did not run at all. */
  readonly missing: string | undefined;
  readonly samples: readonly Sample[];
  /** Why runs did not count: an exit code or wrong row counts. */
  readonly invalid: readonly string[];
}

/** Runs every variant once per round, so that a slow minute of the machine affects all variants equally. */
export async function runRounds(
  bench: Bench,
  variants: readonly Variant[],
  rounds: number,
  log: (line: string) => void,
): Promise<readonly Outcome[]> {
  const outcomes = await Promise.all(variants.map((variant) => begin(bench, variant)));
  for (let round = 1; round <= rounds; round++) {
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.missing !== undefined) continue;
      const next = await runOnce(bench, outcome);
      outcomes[index] = next;
      log(`round ${round}: ${outcome.variant.name} ${lastOf(next, outcome)}`);
    }
  }
  return outcomes;
}

async function begin(bench: Bench, variant: Variant): Promise<Outcome> {
  return { variant, missing: await variant.missing(bench), samples: [], invalid: [] };
}

async function runOnce(bench: Bench, outcome: Outcome): Promise<Outcome> {
  const { variant, samples, invalid } = outcome;
  await variant.prepare(bench);
  try {
    const command = await variant.command(bench);
    const before = await cpuOf(bench);
    const { output, ...measured } = await measure(command, bench.folder);
    const after = await cpuOf(bench);
    const difference = await countDifference(bench, variant.loaded);
    if (difference !== undefined) return { ...outcome, invalid: [...invalid, difference] };
    const stages = (await variant.stageSeconds?.(bench, output)) ?? {};
    const { profile = 0, validate = 0, constraints = 0, analyze = 0 } = stages;
    const sample: Sample = {
      ...measured,
      wallSeconds: measured.wallSeconds - validate - profile,
      sourceCpuSeconds: after.source - before.source,
      targetCpuSeconds: after.target - before.target,
      validationSeconds: validate,
      profileSeconds: profile,
      constraintSeconds: constraints,
      analyzeSeconds: analyze,
    };
    return { ...outcome, samples: [...samples, sample] };
  } catch (error) {
    return { ...outcome, invalid: [...invalid, withoutFolder(bench, error as Error)] };
  }
}

async function cpuOf({ cpu }: Bench): Promise<{ source: number; target: number }> {
  return { source: await cpu.source(), target: await cpu.target() };
}

/** Removes the folders of this machine from a message. */
function withoutFolder(bench: Bench, error: Error): string {
  return error.message.replaceAll(bench.folder, '…');
}

function lastOf(now: Outcome, before: Outcome): string {
  if (now.samples.length === before.samples.length) return `does not count: ${now.invalid.at(-1)}`;
  return `${now.samples.at(-1)?.wallSeconds.toFixed(1)} s`;
}
