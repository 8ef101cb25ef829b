-- The foreign keys of the new application, with their delete actions. One to collection_flows is missing with that table.

alter table users
  add constraint fk_users_default_client_id foreign key (default_client_id) references client_accounts (id);

alter table engagements
  add constraint fk_engagements_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_engagements_engagement_lead_id foreign key (engagement_lead_id) references users (id);

alter table user_profiles
  add constraint fk_user_profiles_user_id foreign key (user_id) references users (id),
  add constraint fk_user_profiles_approved_by foreign key (approved_by) references users (id);

alter table user_roles
  add constraint fk_user_roles_user_id foreign key (user_id) references users (id) on delete cascade,
  add constraint fk_user_roles_scope_client_id foreign key (scope_client_id) references client_accounts (id),
  add constraint fk_user_roles_scope_engagement_id foreign key (scope_engagement_id) references engagements (id),
  add constraint fk_user_roles_assigned_by foreign key (assigned_by) references users (id);

alter table user_account_associations
  add constraint fk_user_account_associations_user_id foreign key (user_id) references users (id) on delete cascade,
  add constraint fk_user_account_associations_client_account_id foreign key (client_account_id) references client_accounts (id) on delete cascade,
  add constraint fk_user_account_associations_created_by foreign key (created_by) references users (id);

alter table client_access
  add constraint fk_client_access_user_profile_id foreign key (user_profile_id) references user_profiles (user_id),
  add constraint fk_client_access_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_client_access_granted_by foreign key (granted_by) references users (id);

alter table engagement_access
  add constraint fk_engagement_access_user_profile_id foreign key (user_profile_id) references user_profiles (user_id) on delete cascade,
  add constraint fk_engagement_access_engagement_id foreign key (engagement_id) references engagements (id) on delete cascade,
  add constraint fk_engagement_access_granted_by foreign key (granted_by) references users (id);

alter table crewai_flow_state_extensions
  add constraint fk_crewai_flow_state_extensions_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_crewai_flow_state_extensions_engagement_id foreign key (engagement_id) references engagements (id),
  add constraint fk_crewai_flow_state_extensions_parent_flow_id foreign key (parent_flow_id) references crewai_flow_state_extensions (flow_id);

alter table data_imports
  add constraint fk_data_imports_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_data_imports_engagement_id foreign key (engagement_id) references engagements (id),
  add constraint fk_data_imports_master_flow_id foreign key (master_flow_id) references crewai_flow_state_extensions (flow_id),
  add constraint fk_data_imports_imported_by foreign key (imported_by) references users (id);

alter table discovery_flows
  add constraint fk_discovery_flows_data_import_id foreign key (data_import_id) references data_imports (id),
  add constraint fk_discovery_flows_master_flow_id foreign key (master_flow_id) references crewai_flow_state_extensions (flow_id) on delete cascade;

alter table raw_import_records
  add constraint fk_raw_import_records_data_import_id foreign key (data_import_id) references data_imports (id),
  add constraint fk_raw_import_records_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_raw_import_records_engagement_id foreign key (engagement_id) references engagements (id),
  add constraint fk_raw_import_records_master_flow_id foreign key (master_flow_id) references crewai_flow_state_extensions (flow_id);

alter table import_field_mappings
  add constraint fk_import_field_mappings_data_import_id foreign key (data_import_id) references data_imports (id),
  add constraint fk_import_field_mappings_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_import_field_mappings_master_flow_id foreign key (master_flow_id) references crewai_flow_state_extensions (flow_id),
  add constraint fk_import_field_mappings_engagement_id foreign key (engagement_id) references engagements (id) on delete cascade;

alter table assessments
  add constraint fk_assessments_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_assessments_engagement_id foreign key (engagement_id) references engagements (id),
  add constraint fk_assessments_master_flow_id foreign key (master_flow_id) references crewai_flow_state_extensions (flow_id);

alter table assets
  add constraint fk_assets_client_account_id foreign key (client_account_id) references client_accounts (id),
  add constraint fk_assets_engagement_id foreign key (engagement_id) references engagements (id),
  add constraint fk_assets_raw_import_records_id foreign key (raw_import_records_id) references raw_import_records (id);

alter table asset_dependencies
  add constraint fk_asset_dependencies_asset_id foreign key (asset_id) references assets (id) on delete cascade,
  add constraint fk_asset_dependencies_depends_on_asset_id foreign key (depends_on_asset_id) references assets (id) on delete cascade;

alter table migration_waves
  add constraint fk_migration_waves_client_account_id foreign key (client_account_id) references client_accounts (id) on delete cascade,
  add constraint fk_migration_waves_engagement_id foreign key (engagement_id) references engagements (id) on delete cascade,
  add constraint fk_migration_waves_created_by foreign key (created_by) references users (id);
