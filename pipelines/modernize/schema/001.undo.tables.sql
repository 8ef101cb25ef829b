-- The reverse of 001.do.tables.sql.

drop table migration_waves;
drop table asset_dependencies;
drop table assets;
drop table assessments;
drop table import_field_mappings;
drop table raw_import_records;
drop table discovery_flows;
drop table data_imports;
drop table crewai_flow_state_extensions;
drop table engagement_access;
drop table client_access;
drop table user_account_associations;
drop table user_roles;
drop table user_profiles;
drop table engagements;
drop table users;
drop table client_accounts;
