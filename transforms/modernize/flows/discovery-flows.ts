import { carry, ref } from '../../../public/index.ts';
import { phasesOfFlags } from '../flow-phases.ts';
import { orMockImport } from '../import-of.ts';
import { imports, tenancy, tenancyFlags, v3Imports } from '../joins.ts';
import { mapping, optional } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';
import { nothing, toMasterFlow } from '../rules.ts';

const mock = orMockImport(['is_mock', ...tenancyFlags]);

/** Four phase flags have new names. All six flags are also listed as completed phases. */
export const discoveryFlows = mapping({
  from: 'public.discovery_flows',
  to: 'discovery_flows',
  joins: { ...tenancy, ...imports, ...v3Imports },
  filter: unlessMock(mock),
  columns: {
    id: carry('id'),
    flow_id: carry('flow_id'),
    client_account_id: tenant('client_account_id', mock),
    engagement_id: carry('engagement_id'),
    user_id: carry('user_id'),
    data_import_id: ref('data_imports', 'data_import_id', optional),
    flow_name: carry('flow_name'),
    status: carry('status'),
    progress_percentage: carry('progress_percentage'),
    data_import_completed: carry('data_import_completed'),
    field_mapping_completed: carry('attribute_mapping_completed'),
    data_cleansing_completed: carry('data_cleansing_completed'),
    asset_inventory_completed: carry('inventory_completed'),
    dependency_analysis_completed: carry('dependencies_completed'),
    tech_debt_assessment_completed: carry('tech_debt_completed'),
    learning_scope: carry('learning_scope'),
    memory_isolation_level: carry('memory_isolation_level'),
    assessment_ready: carry('assessment_ready'),
    flow_type: nothing(),
    current_phase: nothing(),
    phases_completed: phasesOfFlags,
    flow_state: nothing(),
    crew_outputs: nothing(),
    field_mappings: nothing(),
    discovered_assets: nothing(),
    dependencies: nothing(),
    tech_debt_analysis: nothing(),
    crewai_persistence_id: carry('crewai_persistence_id'),
    crewai_state_data: carry('crewai_state_data'),
    error_message: nothing(),
    error_phase: nothing(),
    error_details: nothing(),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
    completed_at: carry('completed_at'),
    master_flow_id: toMasterFlow(carry('master_flow_id')),
  },
  drops: {
    import_session_id: 'sessions were replaced by master flows',
    assessment_package: 'the target has no such column',
    flow_description: 'the target has no such column',
  },
});
