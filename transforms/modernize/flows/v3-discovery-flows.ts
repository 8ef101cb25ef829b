import { carry, constant, ref, utc, within } from '../../../public/index.ts';
import { flagOfPhases } from '../flow-phases.ts';
import { orMockImport } from '../import-of.ts';
import { imports, tenancy, tenancyFlags, v3Imports } from '../joins.ts';
import { mapping, optional } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';
import { nothing, orElse, systemUser, toMasterFlow } from '../rules.ts';

const mock = orMockImport([...tenancyFlags, 'twin.is_mock']);

/** A flow of the v3 tables. It has no flow id, so its key becomes the flow id. The old table wins. */
export const v3DiscoveryFlows = mapping({
  from: 'public.v3_discovery_flows',
  to: 'discovery_flows',
  yieldsTo: 'public.discovery_flows',
  joins: { ...tenancy, ...imports, ...v3Imports, twin: { table: 'public.discovery_flows', by: 'id' } },
  filter: unlessMock(mock),
  columns: {
    id: carry('id'),
    flow_id: carry('id'),
    client_account_id: tenant('client_account_id', mock),
    engagement_id: carry('engagement_id'),
    user_id: systemUser(),
    data_import_id: ref('data_imports', 'data_import_id', optional),
    flow_name: orElse(within('flow_name'), 'Unnamed flow', 'no-name'),
    status: within('status'),
    progress_percentage: orElse(carry('progress_percentage'), '0', 'no-progress'),
    data_import_completed: flagOfPhases('data_import_completed'),
    field_mapping_completed: flagOfPhases('field_mapping_completed'),
    data_cleansing_completed: flagOfPhases('data_cleansing_completed'),
    asset_inventory_completed: flagOfPhases('asset_inventory_completed'),
    dependency_analysis_completed: flagOfPhases('dependency_analysis_completed'),
    tech_debt_assessment_completed: flagOfPhases('tech_debt_assessment_completed'),
    learning_scope: constant('engagement', () => 'engagement'),
    memory_isolation_level: constant('strict', () => 'strict'),
    assessment_ready: constant('not ready', () => false),
    flow_type: within('flow_type'),
    current_phase: within('current_phase'),
    phases_completed: carry('phases_completed'),
    flow_state: carry('flow_state'),
    crew_outputs: carry('crew_outputs'),
    field_mappings: carry('field_mappings'),
    discovered_assets: carry('discovered_assets'),
    dependencies: carry('dependencies'),
    tech_debt_analysis: carry('tech_debt_analysis'),
    crewai_persistence_id: nothing(),
    crewai_state_data: constant('empty', () => '{}'),
    error_message: carry('error_message'),
    error_phase: within('error_phase'),
    error_details: carry('error_details'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
    completed_at: utc('completed_at'),
    master_flow_id: toMasterFlow(nothing()),
  },
  drops: {
    started_at: 'the target has no such column',
  },
});
