-- The reverse of 003.do.foreign-keys.sql.

alter table users
  drop constraint fk_users_default_client_id;

alter table engagements
  drop constraint fk_engagements_client_account_id,
  drop constraint fk_engagements_engagement_lead_id;

alter table user_profiles
  drop constraint fk_user_profiles_user_id,
  drop constraint fk_user_profiles_approved_by;

alter table user_roles
  drop constraint fk_user_roles_user_id,
  drop constraint fk_user_roles_scope_client_id,
  drop constraint fk_user_roles_scope_engagement_id,
  drop constraint fk_user_roles_assigned_by;

alter table user_account_associations
  drop constraint fk_user_account_associations_user_id,
  drop constraint fk_user_account_associations_client_account_id,
  drop constraint fk_user_account_associations_created_by;

alter table client_access
  drop constraint fk_client_access_user_profile_id,
  drop constraint fk_client_access_client_account_id,
  drop constraint fk_client_access_granted_by;

alter table engagement_access
  drop constraint fk_engagement_access_user_profile_id,
  drop constraint fk_engagement_access_engagement_id,
  drop constraint fk_engagement_access_granted_by;

alter table crewai_flow_state_extensions
  drop constraint fk_crewai_flow_state_extensions_client_account_id,
  drop constraint fk_crewai_flow_state_extensions_engagement_id,
  drop constraint fk_crewai_flow_state_extensions_parent_flow_id;

alter table data_imports
  drop constraint fk_data_imports_client_account_id,
  drop constraint fk_data_imports_engagement_id,
  drop constraint fk_data_imports_master_flow_id,
  drop constraint fk_data_imports_imported_by;

alter table discovery_flows
  drop constraint fk_discovery_flows_data_import_id,
  drop constraint fk_discovery_flows_master_flow_id;

alter table raw_import_records
  drop constraint fk_raw_import_records_data_import_id,
  drop constraint fk_raw_import_records_client_account_id,
  drop constraint fk_raw_import_records_engagement_id,
  drop constraint fk_raw_import_records_master_flow_id;

alter table import_field_mappings
  drop constraint fk_import_field_mappings_data_import_id,
  drop constraint fk_import_field_mappings_client_account_id,
  drop constraint fk_import_field_mappings_master_flow_id,
  drop constraint fk_import_field_mappings_engagement_id;

alter table assessments
  drop constraint fk_assessments_client_account_id,
  drop constraint fk_assessments_engagement_id,
  drop constraint fk_assessments_master_flow_id;

alter table assets
  drop constraint fk_assets_client_account_id,
  drop constraint fk_assets_engagement_id,
  drop constraint fk_assets_raw_import_records_id;

alter table asset_dependencies
  drop constraint fk_asset_dependencies_asset_id,
  drop constraint fk_asset_dependencies_depends_on_asset_id;

alter table migration_waves
  drop constraint fk_migration_waves_client_account_id,
  drop constraint fk_migration_waves_engagement_id,
  drop constraint fk_migration_waves_created_by;
