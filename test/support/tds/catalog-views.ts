/**
 * The columns of the catalog's views that the connector reads, with their types. A column that ends in `*` is a bit.
 */
export const catalogViews: Readonly<Record<string, string>> = {
  databases: 'name snapshot_isolation_state:tinyint is_read_only*',
  schemas: 'schema_id:int name',
  objects: 'object_id:int schema_id:int name type parent_object_id:int is_ms_shipped*',
  tables: 'object_id:int schema_id:int name history_table_id:int is_ms_shipped* is_external*',
  columns:
    'object_id:int column_id:int name system_type_id:int user_type_id:int max_length:int precision:int scale:int is_nullable* is_identity* is_computed* default_object_id:int generated_always_type:tinyint is_column_set* collation_name',
  types: 'system_type_id:int user_type_id:int schema_id:int name is_user_defined* is_table_type*',
  indexes:
    'object_id:int index_id:int name type_desc is_unique* is_primary_key* has_filter* filter_definition is_disabled* is_hypothetical* data_space_id:int',
  index_columns:
    'object_id:int index_id:int index_column_id:int column_id:int key_ordinal:int partition_ordinal:int is_descending_key* is_included_column*',
  partitions: 'object_id:int index_id:int rows:bigint',
  default_constraints: 'object_id:int parent_object_id:int parent_column_id:int definition',
  computed_columns: 'object_id:int column_id:int definition is_persisted*',
  identity_columns: 'object_id:int column_id:int name seed_value:bigint increment_value:bigint last_value:bigint',
  extended_properties: 'class:int name major_id:int minor_id:int value',
  foreign_keys:
    'object_id:int name parent_object_id:int referenced_object_id:int delete_referential_action_desc update_referential_action_desc is_disabled* is_not_trusted*',
  foreign_key_columns:
    'constraint_object_id:int constraint_column_id:int parent_object_id:int parent_column_id:int referenced_object_id:int referenced_column_id:int',
  check_constraints: 'object_id:int name parent_object_id:int definition is_disabled* is_not_trusted*',
  fulltext_index_columns: 'object_id:int column_id:int',
  sql_modules: 'object_id:int definition',
  triggers: 'object_id:int name parent_id:int is_ms_shipped*',
  synonyms: 'schema_id:int name base_object_name',
  sequences:
    'object_id:int schema_id:int name start_value:bigint increment:bigint minimum_value:bigint maximum_value:bigint current_value:bigint last_used_value:bigint is_cycling*',
  xml_schema_collections: 'schema_id:int name',
  partition_schemes: 'data_space_id:int name',
  security_policies: 'object_id:int schema_id:int name is_enabled*',
  security_predicates: 'object_id:int target_object_id:int predicate_type:tinyint',
  masked_columns: 'object_id:int column_id:int',
  database_permissions: 'class:int major_id:int minor_id:int grantee_principal_id:int state_desc permission_name',
  database_principals: 'principal_id:int name',
};
