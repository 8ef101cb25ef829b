-- The indexes of the new application, and one under each foreign key that has none.

create index ix_users_default_client_id on users (default_client_id);

create index ix_engagements_client_account_id on engagements (client_account_id);
create index ix_engagements_engagement_lead_id on engagements (engagement_lead_id);

create index ix_user_profiles_approved_by on user_profiles (approved_by);

create index ix_user_roles_user_id on user_roles (user_id);
create index ix_user_roles_is_active on user_roles (is_active);
create index ix_user_roles_scope_client_id on user_roles (scope_client_id);
create index ix_user_roles_scope_engagement_id on user_roles (scope_engagement_id);
create index ix_user_roles_assigned_by on user_roles (assigned_by);

create index ix_user_account_associations_user_id on user_account_associations (user_id);
create index ix_user_account_associations_client_account_id on user_account_associations (client_account_id);
create index ix_user_account_associations_created_by on user_account_associations (created_by);

create index ix_client_access_user_profile_id on client_access (user_profile_id);
create index ix_client_access_client_account_id on client_access (client_account_id);
create index ix_client_access_granted_by on client_access (granted_by);

create index ix_engagement_access_user_profile_id on engagement_access (user_profile_id);
create index ix_engagement_access_engagement_id on engagement_access (engagement_id);
create index ix_engagement_access_is_active on engagement_access (is_active);
create index ix_engagement_access_granted_by on engagement_access (granted_by);

create index ix_crewai_flow_state_extensions_collection_flow_id on crewai_flow_state_extensions (collection_flow_id);
create index ix_crewai_flow_state_extensions_automation_tier on crewai_flow_state_extensions (automation_tier);
create index ix_crewai_flow_state_extensions_client_account_id on crewai_flow_state_extensions (client_account_id);
create index ix_crewai_flow_state_extensions_engagement_id on crewai_flow_state_extensions (engagement_id);
create index ix_crewai_flow_state_extensions_parent_flow_id on crewai_flow_state_extensions (parent_flow_id);

create index ix_data_imports_import_category on data_imports (import_category);
create index ix_data_imports_client_account_id on data_imports (client_account_id);
create index ix_data_imports_engagement_id on data_imports (engagement_id);
create index ix_data_imports_master_flow_id on data_imports (master_flow_id);
create index ix_data_imports_imported_by on data_imports (imported_by);

create index ix_discovery_flows_client_account_id on discovery_flows (client_account_id);
create index ix_discovery_flows_engagement_id on discovery_flows (engagement_id);
create index ix_discovery_flows_data_import_id on discovery_flows (data_import_id);
create index ix_discovery_flows_status on discovery_flows (status);
create index ix_discovery_flows_master_flow_id on discovery_flows (master_flow_id);

create index ix_raw_import_records_data_import_id on raw_import_records (data_import_id);
create index ix_raw_import_records_client_account_id on raw_import_records (client_account_id);
create index ix_raw_import_records_engagement_id on raw_import_records (engagement_id);
create index ix_raw_import_records_master_flow_id on raw_import_records (master_flow_id);

create index ix_import_field_mappings_engagement_id on import_field_mappings (engagement_id);
create index ix_import_field_mappings_data_import_id on import_field_mappings (data_import_id);
create index ix_import_field_mappings_client_account_id on import_field_mappings (client_account_id);
create index ix_import_field_mappings_master_flow_id on import_field_mappings (master_flow_id);

create index ix_assessments_client_account_id on assessments (client_account_id);
create index ix_assessments_engagement_id on assessments (engagement_id);
create index ix_assessments_master_flow_id on assessments (master_flow_id);

create index ix_assets_asset_type on assets (asset_type);
create index ix_assets_status on assets (status);
create index ix_assets_discovery_status on assets (discovery_status);
create index ix_assets_assessment_readiness on assets (assessment_readiness);
create index ix_assets_client_account_id on assets (client_account_id);
create index ix_assets_engagement_id on assets (engagement_id);
create index ix_assets_raw_import_records_id on assets (raw_import_records_id);

create index ix_asset_dependencies_asset_id on asset_dependencies (asset_id);
create index ix_asset_dependencies_depends_on_asset_id on asset_dependencies (depends_on_asset_id);
create index ix_asset_dependencies_dependency_type on asset_dependencies (dependency_type);

create index ix_migration_waves_client_account_id on migration_waves (client_account_id);
create index ix_migration_waves_engagement_id on migration_waves (engagement_id);
create index ix_migration_waves_wave_number on migration_waves (wave_number);
create index ix_migration_waves_status on migration_waves (status);
create index ix_migration_waves_created_by on migration_waves (created_by);
