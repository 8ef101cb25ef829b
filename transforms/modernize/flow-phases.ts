import { derive, type Rule } from '../../public/index.ts';

/** Target flag → the names that the old application gave the phase, the newest first. */
const phases = {
  data_import_completed: ['data_import'],
  field_mapping_completed: ['field_mapping', 'attribute_mapping'],
  data_cleansing_completed: ['data_cleansing'],
  asset_inventory_completed: ['asset_inventory', 'inventory'],
  dependency_analysis_completed: ['dependency_analysis', 'dependencies'],
  tech_debt_assessment_completed: ['tech_debt_assessment', 'tech_debt'],
} as const;

type Flag = keyof typeof phases;

/** A flag of a v3 flow, from its list of completed phases. A value that is not a list completes no phase. */
export function flagOfPhases(flag: Flag): Rule<'phases_completed'> {
  const names: readonly string[] = phases[flag];
  const rule = derive(
    ['phases_completed'],
    { kind: 'boolean', native: 'boolean' },
    ({ phases_completed }) => listOf(phases_completed as string | null).some((phase) => names.includes(phase)),
    { mayBeNull: false },
  );
  return { ...rule, detail: `${rule.detail} ${names.join(', ')}` };
}

function listOf(json: string | null): readonly string[] {
  const list: unknown = JSON.parse(json ?? 'null');
  return Array.isArray(list) ? list.map(String) : [];
}

/** The list of completed phases of an old flow, from its six flags, by their new names. */
export const phasesOfFlags = derive(
  [
    'data_import_completed',
    'attribute_mapping_completed',
    'data_cleansing_completed',
    'inventory_completed',
    'dependencies_completed',
    'tech_debt_completed',
  ],
  { kind: 'json', native: 'json' },
  (flags) => {
    const isDone = Object.values(flags);
    const done = Object.values(phases).flatMap((names, i) => (isDone[i] === true ? [names[0]] : []));
    return `[${done.map((name) => `"${name}"`).join(', ')}]`;
  },
);
