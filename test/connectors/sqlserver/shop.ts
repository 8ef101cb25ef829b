import type { CatalogRow, DatabaseFacts, TableFacts } from '../../support/tds/database.ts';
import { Geometry } from '../../support/tds/sql/values.ts';

/** A small shop with an object of every kind that the connector looks for. */

/** Ids of the tables, in the order of `tables`. */
const [customers, orders, lines, prices, archive] = [1000, 1001, 1002, 1003, 1006];

/** The well-known binary of POINT (1 2). */
const point = Buffer.from('0101000000000000000000f03f0000000000000040', 'hex');

const tables: readonly TableFacts[] = [
  {
    name: 'customers',
    key: ['id'],
    unique: [['code']],
    columns: [
      { name: 'id', type: 'int', isNullable: false, facts: { is_identity: 1 } },
      { name: 'code', type: 'varchar(10)', isNullable: false, collation: 'Latin1_General_CI_AI' },
      { name: 'name', type: 'nvarchar(50)' },
      { name: 'country', type: 'char(2)', isNullable: false, facts: { default_object_id: 1 } },
      { name: 'is_active', type: 'bit', isNullable: false, facts: { default_object_id: 2 } },
      { name: 'balance', type: 'money', isNullable: false, facts: { default_object_id: 3 } },
      { name: 'created_at', type: 'datetime2(7)', facts: { default_object_id: 4 } },
      { name: 'version', type: 'rowversion', isNullable: false },
      { name: 'place', type: 'geography' },
    ],
    rows: [
      ...[
        ['1', 'ADA', 'Ada 😀', 'de', 'true', '922337203685477.5807', '2024-01-01 10:20:30.1234567', Buffer.alloc(8, 1)],
      ],
      ...[['7', 'zoe', null, 'fr', 'false', '0.1000', '2024-01-01 00:00:00', Buffer.alloc(8, 2)]],
    ].map((row, i) => [...row, i === 0 ? new Geometry(4326, point) : null]),
  },
  {
    name: 'orders',
    key: ['order no'],
    columns: [
      { name: 'order no', type: 'bigint', isNullable: false, facts: { default_object_id: 5 } },
      { name: 'customer', type: 'varchar(10)', collation: 'Latin1_General_CI_AI' },
      { name: 'placed_at', type: 'datetimeoffset(3)', isNullable: false },
      { name: 'total', type: 'decimal(38,4)', isNullable: false },
      { name: 'with_tax', type: 'decimal(38,4)', facts: { is_computed: 1 } },
      { name: 'hint]s', type: 'xml' },
    ],
    rows: [
      [
        '9007199254740993',
        'Ada',
        '2024-02-03 04:05:06.789 +02:00',
        '9007199254740993.0001',
        '9007199254740993.0001',
        '<a/>',
      ],
      ['9007199254740994', 'zoé', '2024-02-03 04:05:06 -11:30', '-0.0001', '-0.0001', null],
    ],
  },
  {
    name: 'order lines',
    key: ['order no', 'line'],
    columns: [
      { name: 'order no', type: 'bigint', isNullable: false },
      { name: 'line', type: 'smallint', isNullable: false },
      { name: 'amount', type: 'decimal(10,3)', isNullable: false, facts: { default_object_id: 6 } },
    ],
    rows: [
      ['9007199254740993', '1', '1.500'],
      ['9007199254740993', '2', '0.001'],
    ],
  },
  {
    name: 'prices',
    key: ['id'],
    facts: { history_table_id: 1004 },
    columns: [
      { name: 'id', type: 'uniqueidentifier', isNullable: false },
      { name: 'valid_from', type: 'datetime2(3)', isNullable: false, facts: { generated_always_type: 1 } },
    ],
    rows: [['01234567-89ab-cdef-0123-456789abcdef', '2024-01-01 00:00:00']],
  },
  {
    name: 'prices_history',
    columns: [
      { name: 'id', type: 'uniqueidentifier', isNullable: false },
      { name: 'valid_from', type: 'datetime2(3)', isNullable: false },
    ],
    rows: [['01234567-89ab-cdef-0123-456789abcdef', '2020-01-01 00:00:00.001']],
  },
  { name: 'notes', columns: [{ name: 'note', type: 'ntext' }], rows: [['b'], ['a'], ['a']] },
  { schema: 'archive', name: 'old', columns: [{ name: 'id', type: 'int' }] },
];

const definitions = [
  "(N'de')",
  '((1))',
  '((0))',
  '(sysdatetime())',
  '(NEXT VALUE FOR [dbo].[order numbers])',
  '(((2))+(1))',
];

function defaults(): readonly CatalogRow[] {
  const places = [
    [customers, 4],
    [customers, 5],
    [customers, 6],
    [customers, 7],
    [orders, 1],
    [lines, 3],
  ] as const;
  return places.map(([parent_object_id, parent_column_id], i) => ({
    ...{ object_id: i + 1, parent_object_id, parent_column_id },
    definition: definitions[i] as string,
  }));
}

const noAction = { delete_referential_action_desc: 'NO_ACTION', update_referential_action_desc: 'NO_ACTION' };

const catalog: DatabaseFacts['catalog'] = {
  default_constraints: defaults(),
  computed_columns: [{ object_id: orders, column_id: 5, definition: '([total]*(1.19))', is_persisted: 1 }],
  identity_columns: [
    { object_id: customers, column_id: 1, name: 'id', seed_value: 1, increment_value: 3, last_value: 10 },
  ],
  sequences: [
    {
      ...{
        object_id: 3010,
        schema_id: 1,
        name: 'order numbers',
        start_value: 1,
        increment: 1,
        minimum_value: 1,
        is_cycling: 0,
      },
      ...{
        maximum_value: '9223372036854775807',
        current_value: '9007199254740999',
        last_used_value: '9007199254740999',
      },
    },
    {
      ...{
        object_id: 3011,
        schema_id: 1,
        name: 'unused',
        start_value: 5,
        increment: -1,
        minimum_value: 1,
        is_cycling: 1,
      },
      ...{ maximum_value: 9, current_value: 5, last_used_value: null },
    },
  ],
  extended_properties: [
    { class: 1, name: 'MS_Description', major_id: customers, minor_id: 0, value: 'who buys' },
    { class: 1, name: 'MS_Description', major_id: customers, minor_id: 3, value: "as it's on the card" },
    { class: 1, name: 'another', major_id: customers, minor_id: 2, value: 'no comment' },
  ],
  foreign_keys: [
    {
      ...{ object_id: 2000, name: 'orders customer', parent_object_id: orders, referenced_object_id: customers },
      ...{ ...noAction, is_not_trusted: 1 },
    },
    {
      ...{ object_id: 2001, name: 'lines order', parent_object_id: lines, referenced_object_id: orders },
      ...{ ...noAction, delete_referential_action_desc: 'CASCADE' },
    },
  ],
  foreign_key_columns: [
    {
      ...{ constraint_object_id: 2000, constraint_column_id: 1, parent_object_id: orders, parent_column_id: 2 },
      ...{ referenced_object_id: customers, referenced_column_id: 2 },
    },
    {
      ...{ constraint_object_id: 2001, constraint_column_id: 1, parent_object_id: lines, parent_column_id: 1 },
      ...{ referenced_object_id: orders, referenced_column_id: 1 },
    },
  ],
  check_constraints: [
    { object_id: 2100, name: 'amount', parent_object_id: lines, definition: '([amount]>(0))' },
    { object_id: 2101, name: 'old', parent_object_id: lines, definition: '([line]<(9))', is_disabled: 1 },
  ],
  indexes: [
    {
      ...{ object_id: orders, index_id: 7, name: 'recent', type_desc: 'NONCLUSTERED', has_filter: 1, is_unique: 1 },
      filter_definition: "([placed_at]>'20240101')",
    },
    { object_id: orders, index_id: 8, name: 'fast', type_desc: 'NONCLUSTERED COLUMNSTORE' },
    { object_id: prices, index_id: 0, name: null, type_desc: 'HEAP' },
    { object_id: orders, index_id: 9, name: 'by customer', type_desc: 'NONCLUSTERED' },
    { object_id: orders, index_id: 10, name: 'off', type_desc: 'NONCLUSTERED', is_disabled: 1 },
    {
      object_id: orders,
      index_id: 11,
      name: '_dta_index',
      type_desc: 'NONCLUSTERED',
      is_hypothetical: 1,
      is_unique: 1,
    },
  ],
  index_columns: [
    {
      ...{ object_id: orders, index_id: 7, index_column_id: 1, column_id: 3, key_ordinal: 1 },
      ...{ partition_ordinal: 0, is_descending_key: 1 },
    },
    { object_id: orders, index_id: 7, index_column_id: 2, column_id: 4, is_included_column: 1 },
    { object_id: orders, index_id: 8, index_column_id: 1, column_id: 4, is_included_column: 1 },
    { object_id: orders, index_id: 9, index_column_id: 1, column_id: 2, key_ordinal: 1 },
    { object_id: orders, index_id: 9, index_column_id: 2, column_id: 3, partition_ordinal: 1 },
    { object_id: orders, index_id: 10, index_column_id: 1, column_id: 2, key_ordinal: 1 },
    { object_id: orders, index_id: 11, index_column_id: 1, column_id: 2, key_ordinal: 1 },
  ],
  fulltext_index_columns: [{ object_id: customers, column_id: 3 }],
  objects: [
    { object_id: 3000, schema_id: 1, name: 'active', type: 'V ' },
    { object_id: 3001, schema_id: 1, name: 'tidy', type: 'P ' },
    { object_id: 3002, schema_id: 1, name: 'secret', type: 'FN' },
    { object_id: 3010, schema_id: 1, name: 'order numbers', type: 'SO' },
    { object_id: 3011, schema_id: 1, name: 'unused', type: 'SO' },
    { object_id: 3012, schema_id: 1, name: 'not described', type: 'SO' },
  ],
  sql_modules: [
    { object_id: 3000, definition: 'create view active as select id from customers where is_active = 1' },
    { object_id: 3001, definition: 'create procedure tidy as delete from notes' },
    { object_id: 3002, definition: null },
    { object_id: 3003, definition: 'create trigger stamp on orders after insert as return' },
  ],
  triggers: [{ object_id: 3003, name: 'stamp', parent_id: orders }],
  synonyms: [{ schema_id: 1, name: 'clients', base_object_name: '[other].[dbo].[clients]' }],
  types: [
    { system_type_id: 167, user_type_id: 300, schema_id: 1, name: 'Code', is_user_defined: 1 },
    { system_type_id: 243, user_type_id: 301, schema_id: 1, name: 'Rows', is_user_defined: 1, is_table_type: 1 },
  ],
  xml_schema_collections: [{ schema_id: 1, name: 'Hints' }],
  security_policies: [{ schema_id: 1, name: 'own rows' }],
  database_principals: [{ principal_id: 5, name: 'reporting' }],
  database_permissions: [
    { class: 3, major_id: 1, grantee_principal_id: 5, state_desc: 'GRANT', permission_name: 'SELECT' },
    {
      ...{ class: 1, major_id: customers, minor_id: 2, grantee_principal_id: 5, permission_name: 'SELECT' },
      state_desc: 'GRANT',
    },
    {
      ...{ class: 1, major_id: orders, grantee_principal_id: 5, permission_name: 'INSERT' },
      state_desc: 'GRANT_WITH_GRANT_OPTION',
    },
  ],
};

export const shop: DatabaseFacts = { name: 'shop', schemas: ['dbo', 'archive'], tables, catalog };

/** The same, where the history of the prices is in another schema. */
export const shopWithArchive: DatabaseFacts = {
  ...shop,
  tables: tables.map((table) => (table.name === 'prices' ? { ...table, facts: { history_table_id: archive } } : table)),
};
