import type { Pipeline } from '../core/mapping/pipeline.ts';
import type { Problem } from '../core/mapping/plan/problem.ts';
import type { Survey } from '../core/mapping/survey.ts';
import type { Source } from '../core/ports/source.ts';
import type { GatheredFacts, SurveyReading } from './surveys.ts';

/**
 * Finds the rows that the source must have and does not. The tables that need them are read only if they are missing. A
 * requirement whose table the source does not have is skipped.
 */
export async function unmetRequirements(
  source: Source,
  { requirements = [], source: { contract } }: Pick<Pipeline, 'requirements' | 'source'>,
  facts: GatheredFacts,
  reading: SurveyReading,
): Promise<Problem[]> {
  const isTrue = async (survey: Survey<boolean>, ifUnknown: boolean): Promise<boolean> => {
    await facts.make(source, contract, [survey], reading);
    return facts.has(survey) ? facts.of(survey) : ifUnknown;
  };
  const problems: Problem[] = [];
  for (const { met, neededBy, problem } of requirements) {
    if (await isTrue(met, true)) continue;
    for (const survey of neededBy) {
      if (!(await isTrue(survey, false))) continue;
      problems.push(problem(reading.params));
      break;
    }
  }
  return problems;
}
