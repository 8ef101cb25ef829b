-- Tables, primary keys and the lists of known labels; indexes, foreign keys and security follow once the rows are in.
-- A column that may hold a legacy zero date or an unknown label is nullable, whatever the legacy schema says.

create table tenants (
  id uuid primary key,
  name text not null constraint uq_tenants_name unique
);

-- Customers

create table compliance_plans (
  tenant_id uuid not null,
  id uuid primary key,
  customer_id uuid,
  order_id uuid,
  delivery_date date,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table compliance_items (
  tenant_id uuid not null,
  id uuid primary key,
  compliance_plan_id uuid,
  inventory_item_id uuid
);

create table compliance_notes (
  tenant_id uuid not null,
  id uuid primary key,
  compliance_plan_id uuid,
  note_date date,
  is_done boolean not null,
  notes text not null,
  created_by_user_id uuid,
  assigned_to_user_id uuid,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table customers (
  tenant_id uuid not null,
  id uuid primary key,
  account_number text not null,
  address1 text not null,
  address2 text not null,
  billing_type_id uuid,
  city text not null,
  courtesy text constraint ck_customers_courtesy check (courtesy in ('Dr.', 'Miss', 'Mr.', 'Mrs.', 'Rev.')),
  customer_balance numeric(18,2),
  customer_class_code text,
  customer_class_id uuid,
  customer_type_id uuid,
  deceased_date date,
  date_of_birth date,
  first_name text not null,
  last_name text not null,
  location_id uuid,
  middle_name text not null,
  phone text not null,
  phone2 text not null,
  state text not null,
  suffix text not null,
  total_balance numeric(18,2),
  zip text not null,
  bill_active boolean not null,
  bill_address1 text not null,
  bill_address2 text not null,
  bill_city text not null,
  bill_name text not null,
  bill_state text not null,
  bill_zip text not null,
  commercial_account boolean,
  delivery_directions text not null,
  employment_status text
    constraint ck_customers_employment_status check (employment_status in (
      'Unknown', 'Full Time', 'Part Time', 'Retired', 'Student', 'Unemployed'
    )),
  gender text constraint ck_customers_gender check (gender in ('Male', 'Female')),
  height double precision,
  license text not null,
  marital_status text
    constraint ck_customers_marital_status check (marital_status in (
      'Unknown', 'Single', 'Married', 'Legaly Separated', 'Divorced', 'Widowed'
    )),
  military_branch text
    constraint ck_customers_military_branch check (military_branch in (
      'N/A', 'Army', 'Air Force', 'Navy', 'Marines', 'Coast Guard', 'National Guard'
    )),
  military_status text
    constraint ck_customers_military_status check (military_status in (
      'N/A', 'Active', 'Reserve', 'Retired'
    )),
  ship_active boolean not null,
  ship_address1 text not null,
  ship_address2 text not null,
  ship_city text not null,
  ship_name text not null,
  ship_state text not null,
  ship_zip text not null,
  ssn text not null,
  student_status text
    constraint ck_customers_student_status check (student_status in (
      'N/A', 'Full Time', 'Part Time'
    )),
  weight double precision,
  basis text constraint ck_customers_basis check (basis in ('Bill', 'Allowed')),
  has_hcfa_block12 boolean not null,
  has_hcfa_block13 boolean not null,
  commercial_account_credit_limit numeric(18,2),
  commercial_account_terms text not null,
  copay_amount numeric(18,2),
  deductible_amount numeric(18,2),
  frequency text constraint ck_customers_frequency check (frequency in ('Per Visit', 'Monthly', 'Yearly')),
  has_hardship boolean not null,
  months_valid integer not null,
  out_of_pocket_amount numeric(18,2),
  signature_on_file_date date,
  signature_type_code text,
  signature_type_id uuid,
  tax_rate_id uuid,
  doctor1_id uuid,
  doctor2_id uuid,
  emergency_contact text not null,
  facility_id uuid,
  legal_representative_id uuid,
  referral_id uuid,
  sales_rep_id uuid,
  accident_type text constraint ck_customers_accident_type check (accident_type in ('Auto', 'No', 'Other')),
  state_of_accident text not null,
  date_of_injury date,
  is_emergency boolean not null,
  is_employment_related boolean not null,
  first_consult_date date,
  pos_type_id uuid,
  return_to_work_date date,
  copay_percent double precision,
  setup_date date,
  has_hipaa_note boolean not null,
  has_supplier_standards boolean not null,
  inactive_date date,
  invoice_form_id uuid,
  missing_information text[] not null
    constraint ck_customers_missing_information check (missing_information <@ array[
      'AccountNumber', 'FirstName', 'LastName', 'Address1', 'City', 'State', 'Zip', 'EmploymentStatus',
      'Gender', 'MaritalStatus', 'MilitaryBranch', 'MilitaryStatus', 'StudentStatus', 'MonthsValid',
      'DateofBirth', 'SignatureOnFile', 'Doctor1_ID', 'Doctor1', 'ICD9_1'
    ]::text[]),
  email text,
  is_collections boolean not null,
  icd9_code_1 text,
  icd9_1_id uuid,
  icd9_code_2 text,
  icd9_2_id uuid,
  icd9_code_3 text,
  icd9_3_id uuid,
  icd9_code_4 text,
  icd9_4_id uuid,
  icd10_code_01 text,
  icd10_01_id uuid,
  icd10_code_02 text,
  icd10_02_id uuid,
  icd10_code_03 text,
  icd10_03_id uuid,
  icd10_code_04 text,
  icd10_04_id uuid,
  icd10_code_05 text,
  icd10_05_id uuid,
  icd10_code_06 text,
  icd10_06_id uuid,
  icd10_code_07 text,
  icd10_07_id uuid,
  icd10_code_08 text,
  icd10_08_id uuid,
  icd10_code_09 text,
  icd10_09_id uuid,
  icd10_code_10 text,
  icd10_10_id uuid,
  icd10_code_11 text,
  icd10_11_id uuid,
  icd10_code_12 text,
  icd10_12_id uuid,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table customer_insurances (
  tenant_id uuid not null,
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  city text not null,
  state text not null,
  zip text not null,
  basis text constraint ck_customer_insurances_basis check (basis in ('Bill', 'Allowed')),
  customer_id uuid,
  date_of_birth date,
  gender text constraint ck_customer_insurances_gender check (gender in ('Male', 'Female')),
  group_number text not null,
  inactive_date date,
  insurance_company_id uuid,
  insurance_type_code text,
  insurance_type_id uuid,
  first_name text not null,
  last_name text not null,
  middle_name text not null,
  employer text not null,
  mobile text not null,
  payment_percent integer,
  phone text not null,
  policy_number text not null,
  priority integer,
  relationship_code text,
  relationship_id uuid,
  request_eligibility boolean not null,
  request_eligibility_on date,
  missing_information text[] not null
    constraint ck_customer_insurances_missing_information check (missing_information <@ array[
      'FirstName', 'LastName', 'Address1', 'City', 'State', 'Zip', 'Gender', 'DateofBirth',
      'InsuranceCompanyID', 'InsuranceCompany', 'InsuranceType', 'PolicyNumber', 'RelationshipCode'
    ]::text[]),
  suffix text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table customer_notes (
  tenant_id uuid not null,
  id uuid primary key,
  customer_id uuid not null,
  notes text not null,
  is_active boolean not null,
  operator_name text,
  callback_at timestamp without time zone,
  created_by_user_id uuid,
  created_at timestamp without time zone,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table customer_classes (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table customer_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table facilities (
  tenant_id uuid not null,
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  city text not null,
  contact_name text not null,
  default_delivery_week text
    constraint ck_facilities_default_delivery_week check (default_delivery_week in (
      '1st week of month', '2nd week of month', '3rd week of month', '4th week of month', 'as needed'
    )),
  directions text,
  fax text not null,
  medicaid_id text not null,
  medicare_id text not null,
  name text not null,
  phone text not null,
  phone2 text not null,
  pos_type_id uuid,
  state text not null,
  zip text not null,
  npi text,
  missing_information text[] not null
    constraint ck_facilities_missing_information check (missing_information <@ array[
      'Name', 'Address1', 'City', 'State', 'Zip', 'POSTypeID', 'NPI'
    ]::text[]),
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table documents (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  type text not null,
  description text,
  customer_id uuid,
  order_id uuid,
  invoice_id uuid,
  doctor_id uuid,
  cmn_form_id uuid,
  thumbnail bytea,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table legal_representatives (
  tenant_id uuid not null,
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  city text not null,
  courtesy text
    constraint ck_legal_representatives_courtesy check (courtesy in (
      'Dr.', 'Miss', 'Mr.', 'Mrs.', 'Rev.'
    )),
  first_name text not null,
  office_phone text not null,
  last_name text not null,
  middle_name text not null,
  mobile text not null,
  pager text not null,
  state text not null,
  suffix text not null,
  zip text not null,
  firm_name text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table medical_conditions (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table referrals (
  tenant_id uuid not null,
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  city text not null,
  courtesy text constraint ck_referrals_courtesy check (courtesy in ('Dr.', 'Miss', 'Mr.', 'Mrs.', 'Rev.')),
  employer text not null,
  fax text not null,
  first_name text not null,
  home_phone text not null,
  last_name text not null,
  middle_name text not null,
  mobile text not null,
  referral_type_id uuid,
  state text not null,
  suffix text not null,
  work_phone text not null,
  zip text not null,
  last_contacted_on date,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table referral_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table relationships (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null
);

create table signature_types (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null
);

create table doctors (
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  city text not null,
  contact_name text not null,
  courtesy text constraint ck_doctors_courtesy check (courtesy in ('Dr.', 'Miss', 'Mr.', 'Mrs.', 'Rev.')),
  fax text not null,
  first_name text not null,
  last_name text not null,
  license_number text not null,
  license_expiry_date date,
  medicaid_number text not null,
  middle_name text not null,
  other_id text not null,
  federal_tax_id text not null,
  dea_number text not null,
  phone text not null,
  phone2 text not null,
  state text not null,
  suffix text not null,
  title text not null,
  doctor_type_id uuid,
  upin_number text not null,
  zip text not null,
  missing_information text[] not null
    constraint ck_doctors_missing_information check (missing_information <@ array[
      'FirstName', 'LastName', 'Address1', 'City', 'State', 'Zip', 'NPI', 'Phone'
    ]::text[]),
  npi text,
  pecos_enrolled boolean not null,
  last_update_user_legacy_id smallint,
  last_updated_at timestamp with time zone
);

create table doctor_types (
  id uuid primary key,
  name text not null,
  last_update_user_legacy_id smallint,
  last_updated_at timestamp with time zone
);

-- Orders

create table orders (
  tenant_id uuid not null,
  id uuid primary key,
  customer_id uuid,
  is_approved boolean not null,
  is_retail_sale boolean not null,
  order_date date,
  delivery_date date,
  bill_date date,
  end_date date,
  shipping_method_id uuid,
  special_instructions text,
  ticket_message text,
  customer_insurance1_id uuid,
  customer_insurance2_id uuid,
  customer_insurance3_id uuid,
  customer_insurance4_id uuid,
  doctor_id uuid,
  pos_type_id uuid,
  taken_by text,
  discount_amount numeric(18,2),
  sale_type text constraint ck_orders_sale_type check (sale_type in ('Retail', 'Back Office')),
  status text constraint ck_orders_status check (status in ('New', 'Approved', 'Closed', 'Canceled')),
  missing_information text[] not null
    constraint ck_orders_missing_information check (missing_information <@ array[
      'BillDate', 'CustomerID', 'DeliveryDate', 'Customer.Inactive', 'Customer.MIR', 'Policy1.Required',
      'Policy1.MIR', 'Policy2.Required', 'Policy2.MIR', 'Facility.MIR', 'PosType.Required', 'ICD9.Required',
      'ICD9.1.Unknown', 'ICD9.1.Inactive', 'ICD9.2.Unknown', 'ICD9.2.Inactive', 'ICD9.3.Unknown',
      'ICD9.3.Inactive', 'ICD9.4.Unknown', 'ICD9.4.Inactive', 'ICD10.Required', 'ICD10.01.Unknown',
      'ICD10.01.Inactive', 'ICD10.02.Unknown', 'ICD10.02.Inactive', 'ICD10.03.Unknown', 'ICD10.03.Inactive',
      'ICD10.04.Unknown', 'ICD10.04.Inactive', 'ICD10.05.Unknown', 'ICD10.05.Inactive', 'ICD10.06.Unknown',
      'ICD10.06.Inactive', 'ICD10.07.Unknown', 'ICD10.07.Inactive', 'ICD10.08.Unknown', 'ICD10.08.Inactive',
      'ICD10.09.Unknown', 'ICD10.09.Inactive', 'ICD10.10.Unknown', 'ICD10.10.Inactive', 'ICD10.11.Unknown',
      'ICD10.11.Inactive', 'ICD10.12.Unknown', 'ICD10.12.Inactive'
    ]::text[]),
  accepts_assignment boolean not null,
  claim_note text,
  facility_id uuid,
  referral_id uuid,
  sales_rep_id uuid,
  location_id uuid,
  is_archived boolean not null,
  taken_at timestamp without time zone,
  user_field1 text not null,
  user_field2 text not null,
  icd9_code_1 text,
  icd9_1_id uuid,
  icd9_code_2 text,
  icd9_2_id uuid,
  icd9_code_3 text,
  icd9_3_id uuid,
  icd9_code_4 text,
  icd9_4_id uuid,
  icd10_code_01 text,
  icd10_01_id uuid,
  icd10_code_02 text,
  icd10_02_id uuid,
  icd10_code_03 text,
  icd10_03_id uuid,
  icd10_code_04 text,
  icd10_04_id uuid,
  icd10_code_05 text,
  icd10_05_id uuid,
  icd10_code_06 text,
  icd10_06_id uuid,
  icd10_code_07 text,
  icd10_07_id uuid,
  icd10_code_08 text,
  icd10_08_id uuid,
  icd10_code_09 text,
  icd10_09_id uuid,
  icd10_code_10 text,
  icd10_10_id uuid,
  icd10_code_11 text,
  icd10_11_id uuid,
  icd10_code_12 text,
  icd10_12_id uuid,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table order_deposits (
  tenant_id uuid not null,
  customer_id uuid not null,
  order_id uuid not null,
  amount numeric(18,2) not null,
  deposit_date date,
  payment_method text
    constraint ck_order_deposits_payment_method check (payment_method in (
      'Cash', 'Check', 'Credit Card'
    )),
  notes text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone,
  primary key (customer_id, order_id)
);

create table order_details (
  tenant_id uuid not null,
  id uuid primary key,
  order_id uuid not null,
  customer_id uuid,
  serial_number text,
  inventory_item_id uuid,
  price_code_id uuid,
  sale_rent_type text
    constraint ck_order_details_sale_rent_type check (sale_rent_type in (
      'Medicare Oxygen Rental', 'One Time Rental', 'Monthly Rental', 'Capped Rental', 'Parental Capped Rental',
      'Rent to Purchase', 'One Time Sale', 'Re-occurring Sale'
    )),
  serial_number_id uuid,
  billable_price numeric(18,2) not null,
  allowable_price numeric(18,2) not null,
  is_taxable boolean not null,
  is_flat_rate boolean not null,
  service_start_date date,
  service_end_date date,
  pickup_date date,
  show_span_dates boolean not null,
  ordered_quantity double precision not null,
  ordered_units text,
  ordered_when text
    constraint ck_order_details_ordered_when check (ordered_when in (
      'One time', 'Daily', 'Weekly', 'Monthly', 'Quarterly', 'Semi-Annually', 'Annually'
    )),
  ordered_converter double precision not null,
  billed_quantity double precision not null,
  billed_units text,
  billed_when text
    constraint ck_order_details_billed_when check (billed_when in (
      'One time', 'Daily', 'Weekly', 'Monthly', 'Calendar Monthly', 'Quarterly', 'Semi-Annually', 'Annually',
      'Custom'
    )),
  billed_converter double precision not null,
  delivery_quantity double precision not null,
  delivery_units text,
  delivery_converter double precision not null,
  billing_code text,
  modifier1 text not null,
  modifier2 text not null,
  modifier3 text not null,
  modifier4 text not null,
  diagnosis_pointer text,
  billing_month integer not null,
  bill_item_on text
    constraint ck_order_details_bill_item_on check (bill_item_on in (
      'Day of Delivery', 'Last day of the Month', 'Last day of the Period', 'Day of Pick-up'
    )),
  authorization_number text,
  authorization_type_id uuid,
  reason_for_pickup text,
  send_cmn_rx_with_invoice boolean not null,
  is_medically_unnecessary boolean not null,
  is_sale boolean not null,
  special_code text,
  review_code text,
  next_order_id uuid,
  recurring_order_detail_id uuid,
  cmn_form_id uuid,
  hao_code text,
  hao_code_id uuid,
  status text constraint ck_order_details_status check (status in ('New', 'Approved', 'Pickup', 'Closed', 'Canceled')),
  bill_insurance1 boolean not null,
  bill_insurance2 boolean not null,
  bill_insurance3 boolean not null,
  bill_insurance4 boolean not null,
  end_date date,
  missing_information text[] not null
    constraint ck_order_details_missing_information check (missing_information <@ array[
      'InventoryItemID', 'PriceCodeID', 'SaleRentType', 'OrderedQuantity', 'OrderedUnits', 'OrderedWhen',
      'OrderedConverter', 'BilledQuantity', 'BilledUnits', 'BilledWhen', 'BilledConverter', 'DeliveryQuantity',
      'DeliveryUnits', 'DeliveryConverter', 'BillingCode', 'BillItemOn', 'DXPointer9', 'DXPointer10',
      'Modifier1', 'Modifier2', 'Modifier3', 'CMNForm.Required', 'CMNForm.RecertificationDate',
      'CMNForm.FormExpired', 'CMNForm.MIR', 'EndDate.Invalid', 'EndDate.Unconfirmed',
      'AuthorizationNumber.Expired', 'AuthorizationNumber.Expires'
    ]::text[]),
  next_billing_date date,
  warehouse_id uuid not null,
  accepts_assignment boolean not null,
  drug_note_field text,
  drug_control_number text,
  no_pay_insurance1 boolean not null,
  icd10_pointer smallint not null,
  diagnosis_pointer10 text,
  missing_order_information text[] not null
    constraint ck_order_details_missing_order_information check (missing_order_information <@ array[
      'Customer.Inactive', 'Customer.MIR', 'Policy1.Required', 'Policy1.MIR', 'Policy2.Required', 'Policy2.MIR',
      'Facility.MIR', 'PosType.Required', 'ICD9.Required', 'ICD9.1.Unknown', 'ICD9.1.Inactive',
      'ICD9.2.Unknown', 'ICD9.2.Inactive', 'ICD9.3.Unknown', 'ICD9.3.Inactive', 'ICD9.4.Unknown',
      'ICD9.4.Inactive', 'ICD10.Required', 'ICD10.01.Unknown', 'ICD10.01.Inactive', 'ICD10.02.Unknown',
      'ICD10.02.Inactive', 'ICD10.03.Unknown', 'ICD10.03.Inactive', 'ICD10.04.Unknown', 'ICD10.04.Inactive',
      'ICD10.05.Unknown', 'ICD10.05.Inactive', 'ICD10.06.Unknown', 'ICD10.06.Inactive', 'ICD10.07.Unknown',
      'ICD10.07.Inactive', 'ICD10.08.Unknown', 'ICD10.08.Inactive', 'ICD10.09.Unknown', 'ICD10.09.Inactive',
      'ICD10.10.Unknown', 'ICD10.10.Inactive', 'ICD10.11.Unknown', 'ICD10.11.Inactive', 'ICD10.12.Unknown',
      'ICD10.12.Inactive'
    ]::text[]),
  hao_description text,
  user_field1 text not null,
  user_field2 text not null,
  authorization_expiration_date date
);

create table order_deposit_lines (
  tenant_id uuid not null,
  order_detail_id uuid primary key,
  order_id uuid not null,
  customer_id uuid not null,
  amount numeric(18,2) not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table order_surveys (
  tenant_id uuid not null,
  id uuid primary key,
  survey_id uuid not null,
  order_id uuid not null,
  form text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table order_deposits_legacy (
  tenant_id uuid not null,
  order_detail_id uuid primary key,
  order_id uuid not null,
  customer_id uuid not null,
  amount numeric(18,2) not null,
  deposit_date date,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table sales_reps (
  tenant_id uuid not null,
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  city text not null,
  courtesy text constraint ck_sales_reps_courtesy check (courtesy in ('Dr.', 'Miss', 'Mr.', 'Mrs.', 'Rev.')),
  first_name text not null,
  home_phone text not null,
  last_name text not null,
  middle_name text not null,
  mobile text not null,
  pager text not null,
  state text not null,
  suffix text not null,
  zip text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table shipping_methods (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  type text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table surveys (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  description text not null,
  template text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

-- Inventory

create table stock_levels (
  tenant_id uuid not null,
  warehouse_id uuid not null,
  inventory_item_id uuid not null,
  quantity_on_hand double precision not null,
  quantity_committed double precision not null,
  quantity_on_order double precision not null,
  quantity_unavailable double precision not null,
  quantity_rented double precision not null,
  quantity_sold double precision not null,
  quantity_back_ordered double precision not null,
  reorder_point double precision not null,
  cost_per_unit numeric(18,2) not null,
  total_cost numeric(18,2) not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone,
  primary key (warehouse_id, inventory_item_id)
);

create table inventory_transactions (
  tenant_id uuid not null,
  id uuid primary key,
  inventory_item_id uuid,
  warehouse_id uuid,
  transaction_type_id uuid,
  transaction_date date,
  quantity double precision,
  cost numeric(18,2),
  description text,
  serial_number_id uuid,
  vendor_id uuid,
  customer_id uuid,
  purchase_order_id uuid,
  purchase_order_item_id uuid,
  invoice_id uuid,
  manufacturer_id uuid,
  order_detail_id uuid,
  order_id uuid,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table inventory_transaction_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  on_hand integer not null,
  committed integer not null,
  on_order integer not null,
  unavailable integer not null,
  rented integer not null,
  sold integer not null,
  back_ordered integer not null,
  adjusted_total_cost integer not null
);

create table inventory_items (
  tenant_id uuid not null,
  id uuid primary key,
  barcode text not null,
  barcode_type text not null,
  basis text constraint ck_inventory_items_basis check (basis in ('Bill', 'Allowed')),
  commission_paid_when text
    constraint ck_inventory_items_commission_paid_when check (commission_paid_when in (
      'Billing', 'Payment', 'Never'
    )),
  vendor_id uuid,
  is_flat_rate boolean not null,
  flat_rate_amount numeric(18,2),
  frequency text
    constraint ck_inventory_items_frequency check (frequency in (
      'One time', 'Monthly', 'Weekly', 'Never'
    )),
  inventory_code text not null,
  model_number text not null,
  name text not null,
  is_oxygen_tank boolean not null,
  is_percentage boolean not null,
  percentage_amount numeric(18,2) not null,
  predefined_text_id uuid,
  product_type_id uuid,
  is_serialized boolean not null,
  is_service boolean not null,
  is_inactive boolean not null,
  manufacturer_id uuid,
  purchase_price numeric(18,2) not null,
  user_field1 text not null,
  user_field2 text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table kits (
  tenant_id uuid not null,
  id uuid primary key,
  name text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table kit_components (
  tenant_id uuid not null,
  id uuid primary key,
  kit_id uuid not null,
  warehouse_id uuid not null,
  inventory_item_id uuid not null,
  price_code_id uuid,
  quantity integer not null
);

create table manufacturers (
  tenant_id uuid not null,
  id uuid primary key,
  account_number text not null,
  address1 text not null,
  address2 text not null,
  city text not null,
  contact_name text not null,
  fax text not null,
  name text not null,
  phone text not null,
  phone2 text not null,
  state text not null,
  zip text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table price_codes (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table price_code_items (
  tenant_id uuid not null,
  id uuid primary key,
  accepts_assignment boolean not null,
  ordered_quantity double precision not null,
  ordered_units text,
  ordered_when text
    constraint ck_price_code_items_ordered_when check (ordered_when in (
      'One time', 'Daily', 'Weekly', 'Monthly', 'Quarterly', 'Semi-Annually', 'Annually'
    )),
  ordered_converter double precision not null,
  billed_units text,
  billed_when text
    constraint ck_price_code_items_billed_when check (billed_when in (
      'One time', 'Daily', 'Weekly', 'Monthly', 'Calendar Monthly', 'Quarterly', 'Semi-Annually', 'Annually',
      'Custom'
    )),
  billed_converter double precision not null,
  delivery_units text,
  delivery_converter double precision not null,
  billing_code text,
  bill_item_on text
    constraint ck_price_code_items_bill_item_on check (bill_item_on in (
      'Day of Delivery', 'Last day of the Month', 'Last day of the Period', 'Day of Pick-up'
    )),
  default_cmn_type text
    constraint ck_price_code_items_default_cmn_type check (default_cmn_type in (
      'DMERC 02.03A', 'DMERC 02.03B', 'DMERC 03.02', 'DMERC 07.02B', 'DMERC 08.02', 'DMERC DRORDER',
      'DMERC URO', 'DME 04.04B', 'DME 04.04C', 'DME 06.03B', 'DME 07.03A', 'DME 09.03', 'DME 10.03',
      'DME 484.03'
    )),
  default_order_type text
    constraint ck_price_code_items_default_order_type check (default_order_type in (
      'Sale', 'Rental'
    )),
  authorization_type_id uuid,
  is_flat_rate boolean not null,
  inventory_item_id uuid,
  modifier1 text not null,
  modifier2 text not null,
  modifier3 text not null,
  modifier4 text not null,
  price_code_id uuid,
  predefined_text_id uuid,
  rent_allowable_price numeric(18,2) not null,
  rent_billable_price numeric(18,2) not null,
  sale_allowable_price numeric(18,2) not null,
  sale_billable_price numeric(18,2) not null,
  rental_type text
    constraint ck_price_code_items_rental_type check (rental_type in (
      'Medicare Oxygen Rental', 'One Time Rental', 'Monthly Rental', 'Capped Rental', 'Parental Capped Rental',
      'Rent to Purchase'
    )),
  is_recurring_sale boolean not null,
  show_span_dates boolean not null,
  is_taxable boolean not null,
  bill_insurance boolean not null,
  drug_note_field text,
  drug_control_number text,
  user_field1 text not null,
  user_field2 text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table product_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table purchase_orders (
  tenant_id uuid not null,
  id uuid primary key,
  is_approved boolean not null,
  cost numeric(18,2) not null,
  freight numeric(18,2) not null,
  tax numeric(18,2) not null,
  total_due numeric(18,2) not null,
  vendor_id uuid not null,
  ship_to_name text not null,
  ship_to_address1 text not null,
  ship_to_address2 text not null,
  ship_to_city text not null,
  ship_to_state text not null,
  ship_to_zip text not null,
  ship_to_phone text not null,
  order_date date,
  company_name text not null,
  company_address1 text not null,
  company_address2 text not null,
  company_city text not null,
  company_state text not null,
  company_zip text not null,
  ship_via text constraint ck_purchase_orders_ship_via check (ship_via in ('BEST WAY', 'UPS/RPS')),
  fob text,
  vendor_sales_rep text,
  terms text,
  company_phone text,
  tax_rate_id uuid,
  is_recurring boolean not null,
  created_date date,
  created_by_user_id uuid,
  submitted_date date,
  submitted_by_user_id uuid,
  location_id uuid,
  purchase_order_number text not null,
  is_archived boolean not null,
  confirmation_number text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table purchase_order_items (
  tenant_id uuid not null,
  id uuid primary key,
  quantity_back_ordered integer not null,
  quantity_ordered integer not null,
  quantity_received integer not null,
  price numeric(18,2) not null,
  customer_name text,
  promised_date date,
  received_date date,
  is_drop_shipped_to_customer boolean not null,
  inventory_item_id uuid not null,
  purchase_order_id uuid,
  warehouse_id uuid,
  vendor_stock_number text,
  reference_number text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table serial_numbers (
  tenant_id uuid not null,
  id uuid primary key,
  current_customer_id uuid,
  inventory_item_id uuid,
  last_customer_id uuid,
  manufacturer_id uuid,
  vendor_id uuid,
  warehouse_id uuid,
  length_of_warranty text not null,
  lot_number text not null,
  maintenance_record text not null,
  manufacturer_serial_number text not null,
  model_number text not null,
  months_rented text not null,
  next_maintenance_date date,
  purchase_order_id uuid,
  purchase_amount numeric(18,2) not null,
  purchase_date date,
  serial_number text not null,
  sold_date date,
  status text
    constraint ck_serial_numbers_status check (status in (
      'Empty', 'Filled', 'Junked', 'Lost', 'Reserved', 'On Hand', 'Rented', 'Sold', 'Sent', 'Maintenance',
      'Transferred Out'
    )),
  warranty text not null,
  own_or_rent text constraint ck_serial_numbers_own_or_rent check (own_or_rent in ('Own', 'Rent')),
  first_rented_on date,
  salvage_value numeric(18,2),
  sale_price numeric(18,2),
  consignment_type text,
  consignment_name text,
  consigned_at timestamp without time zone,
  vendor_stock_number text,
  lot_number_expires_at timestamp without time zone,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table maintenance_records (
  tenant_id uuid not null,
  id uuid primary key,
  serial_number_id uuid not null,
  additional_equipment text,
  description_of_problem text,
  description_of_work text,
  maintenance_record text,
  labor_hours text,
  technician text,
  maintenance_due_date date,
  maintenance_cost numeric(18,2) not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table serial_transactions (
  tenant_id uuid not null,
  id uuid primary key,
  transaction_type_id uuid,
  serial_number_id uuid,
  transacted_at timestamp without time zone,
  vendor_id uuid,
  warehouse_id uuid,
  customer_id uuid,
  order_id uuid,
  order_detail_id uuid,
  lot_number text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table serial_transaction_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null
);

create table vendors (
  tenant_id uuid not null,
  id uuid primary key,
  account_number text not null,
  address1 text not null,
  address2 text not null,
  city text not null,
  contact_name text not null,
  fax text not null,
  name text not null,
  phone text not null,
  phone2 text not null,
  state text not null,
  zip text not null,
  comments text,
  fob_delivery text,
  terms text,
  ship_via text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table warehouses (
  tenant_id uuid not null,
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  city text not null,
  contact_name text not null,
  fax text not null,
  name text not null,
  phone text not null,
  phone2 text not null,
  state text not null,
  zip text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

-- Billing and insurance

create table eligibility_inquiries (
  tenant_id uuid not null,
  id uuid primary key,
  customer_id uuid not null,
  customer_insurance_id uuid not null,
  requested_at timestamp without time zone,
  request_text text not null,
  responded_at timestamp without time zone,
  response_text text,
  submitted_at timestamp without time zone,
  submission_text text
);

create table authorization_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table batch_payments (
  tenant_id uuid not null,
  id uuid primary key,
  insurance_company_id uuid not null,
  check_number text not null,
  check_date date,
  check_amount numeric(18,2) not null,
  amount_used numeric(18,2) not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table billing_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table cmn_forms (
  tenant_id uuid not null,
  id uuid primary key,
  form_type text
    constraint ck_cmn_forms_form_type check (form_type in (
      'DMERC 01.02A', 'DMERC 01.02B', 'DMERC 02.03A', 'DMERC 02.03B', 'DMERC 03.02', 'DMERC 04.03B',
      'DMERC 04.03C', 'DMERC 06.02B', 'DMERC 07.02A', 'DMERC 07.02B', 'DMERC 08.02', 'DMERC 09.02',
      'DMERC 10.02A', 'DMERC 10.02B', 'DMERC 484.2', 'DMERC DRORDER', 'DMERC URO', 'DME 04.04B', 'DME 04.04C',
      'DME 06.03B', 'DME 07.03A', 'DME 09.03', 'DME 10.03', 'DME 484.03'
    )),
  initial_date date,
  revised_date date,
  recertification_date date,
  customer_id uuid,
  customer_uses_icd10 boolean not null,
  customer_icd_code_1 text,
  customer_icd9_1_id uuid,
  customer_icd10_1_id uuid,
  customer_icd_code_2 text,
  customer_icd9_2_id uuid,
  customer_icd10_2_id uuid,
  customer_icd_code_3 text,
  customer_icd9_3_id uuid,
  customer_icd10_3_id uuid,
  customer_icd_code_4 text,
  customer_icd9_4_id uuid,
  customer_icd10_4_id uuid,
  doctor_id uuid,
  pos_type_id uuid,
  facility_id uuid,
  answering_name text not null,
  answering_title text not null,
  answering_employer text not null,
  estimated_length_of_need integer not null,
  signature_name text not null,
  signature_date date,
  is_on_file boolean not null,
  order_id uuid,
  missing_information text[] not null
    constraint ck_cmn_forms_missing_information check (missing_information <@ array[
      'CMNType', 'InitialDate', 'CustomerID', 'Customer', 'ICD9_1.Required', 'ICD9_1.Unknown',
      'ICD9_1.Inactive', 'ICD9_2.Unknown', 'ICD9_2.Inactive', 'ICD9_3.Unknown', 'ICD9_3.Inactive',
      'ICD9_4.Unknown', 'ICD9_4.Inactive', 'DoctorID', 'Doctor', 'POSTypeID', 'EstimatedLengthOfNeed',
      'Signature_Name', 'Signature_Date', 'Answers'
    ]::text[]),
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table cmn_form_0102a (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0102a_answer1 check (answer1 in ('Y', 'N', 'D')),
  answer3 text constraint ck_cmn_form_0102a_answer3 check (answer3 in ('Y', 'N', 'D')),
  answer4 text constraint ck_cmn_form_0102a_answer4 check (answer4 in ('Y', 'N', 'D')),
  answer5 text constraint ck_cmn_form_0102a_answer5 check (answer5 in ('Y', 'N', 'D')),
  answer6 text constraint ck_cmn_form_0102a_answer6 check (answer6 in ('Y', 'N', 'D')),
  answer7 text constraint ck_cmn_form_0102a_answer7 check (answer7 in ('Y', 'N', 'D'))
);

create table cmn_form_0102b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer12 text constraint ck_cmn_form_0102b_answer12 check (answer12 in ('Y', 'N', 'D')),
  answer13 text constraint ck_cmn_form_0102b_answer13 check (answer13 in ('Y', 'N', 'D')),
  answer14 text constraint ck_cmn_form_0102b_answer14 check (answer14 in ('Y', 'N', 'D')),
  answer15 text constraint ck_cmn_form_0102b_answer15 check (answer15 in ('Y', 'N', 'D')),
  answer16 text constraint ck_cmn_form_0102b_answer16 check (answer16 in ('Y', 'N', 'D')),
  answer19 text constraint ck_cmn_form_0102b_answer19 check (answer19 in ('Y', 'N', 'D')),
  answer20 text constraint ck_cmn_form_0102b_answer20 check (answer20 in ('Y', 'N', 'D')),
  answer21_ulcer1_stage text,
  answer21_ulcer1_max_length double precision,
  answer21_ulcer1_max_width double precision,
  answer21_ulcer2_stage text,
  answer21_ulcer2_max_length double precision,
  answer21_ulcer2_max_width double precision,
  answer21_ulcer3_stage text,
  answer21_ulcer3_max_length double precision,
  answer21_ulcer3_max_width double precision,
  answer22 text constraint ck_cmn_form_0102b_answer22 check (answer22 in ('1', '2', '3'))
);

create table cmn_form_0203a (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0203a_answer1 check (answer1 in ('Y', 'N', 'D')),
  answer2 text constraint ck_cmn_form_0203a_answer2 check (answer2 in ('Y', 'N', 'D')),
  answer3 text constraint ck_cmn_form_0203a_answer3 check (answer3 in ('Y', 'N', 'D')),
  answer4 text constraint ck_cmn_form_0203a_answer4 check (answer4 in ('Y', 'N', 'D')),
  answer5 integer,
  answer6 text constraint ck_cmn_form_0203a_answer6 check (answer6 in ('Y', 'N', 'D')),
  answer7 text constraint ck_cmn_form_0203a_answer7 check (answer7 in ('Y', 'N', 'D'))
);

create table cmn_form_0203b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0203b_answer1 check (answer1 in ('Y', 'N', 'D')),
  answer2 text constraint ck_cmn_form_0203b_answer2 check (answer2 in ('Y', 'N', 'D')),
  answer3 text constraint ck_cmn_form_0203b_answer3 check (answer3 in ('Y', 'N', 'D')),
  answer4 text constraint ck_cmn_form_0203b_answer4 check (answer4 in ('Y', 'N', 'D')),
  answer5 integer,
  answer8 text constraint ck_cmn_form_0203b_answer8 check (answer8 in ('Y', 'N', 'D')),
  answer9 text constraint ck_cmn_form_0203b_answer9 check (answer9 in ('Y', 'N', 'D'))
);

create table cmn_form_0302 (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer12 integer,
  answer14 text constraint ck_cmn_form_0302_answer14 check (answer14 in ('Y', 'N', 'D'))
);

create table cmn_form_0403b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0403b_answer1 check (answer1 in ('Y', 'N', 'D')),
  answer2 text constraint ck_cmn_form_0403b_answer2 check (answer2 in ('Y', 'N', 'D')),
  answer3 text constraint ck_cmn_form_0403b_answer3 check (answer3 in ('Y', 'N', 'D')),
  answer4 text constraint ck_cmn_form_0403b_answer4 check (answer4 in ('Y', 'N', 'D')),
  answer5 text constraint ck_cmn_form_0403b_answer5 check (answer5 in ('Y', 'N', 'D'))
);

create table cmn_form_0403c (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer6a text constraint ck_cmn_form_0403c_answer6a check (answer6a in ('Y', 'N', 'D')),
  answer6b integer not null,
  answer7a text constraint ck_cmn_form_0403c_answer7a check (answer7a in ('Y', 'N', 'D')),
  answer7b integer not null,
  answer8 text constraint ck_cmn_form_0403c_answer8 check (answer8 in ('Y', 'N', 'D')),
  answer9a text constraint ck_cmn_form_0403c_answer9a check (answer9a in ('Y', 'N', 'D')),
  answer9b integer not null,
  answer10a text constraint ck_cmn_form_0403c_answer10a check (answer10a in ('Y', 'N', 'D')),
  answer10b integer not null,
  answer10c integer not null,
  answer11a text constraint ck_cmn_form_0403c_answer11a check (answer11a in ('Y', 'N', 'D')),
  answer11b integer not null
);

create table cmn_form_0404b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0404b_answer1 check (answer1 in ('Y', 'N')),
  answer2 text constraint ck_cmn_form_0404b_answer2 check (answer2 in ('Y', 'N')),
  answer3 text constraint ck_cmn_form_0404b_answer3 check (answer3 in ('Y', 'N')),
  answer4 text constraint ck_cmn_form_0404b_answer4 check (answer4 in ('Y', 'N')),
  answer5 text constraint ck_cmn_form_0404b_answer5 check (answer5 in ('Y', 'N'))
);

create table cmn_form_0404c (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer6 text constraint ck_cmn_form_0404c_answer6 check (answer6 in ('Y', 'N', 'D')),
  answer7a text constraint ck_cmn_form_0404c_answer7a check (answer7a in ('Y', 'N', 'D')),
  answer7b text,
  answer8 text constraint ck_cmn_form_0404c_answer8 check (answer8 in ('Y', 'N', 'D')),
  answer9a text constraint ck_cmn_form_0404c_answer9a check (answer9a in ('Y', 'N', 'D')),
  answer9b text,
  answer10a text constraint ck_cmn_form_0404c_answer10a check (answer10a in ('Y', 'N', 'D')),
  answer10b text,
  answer10c text,
  answer11 text constraint ck_cmn_form_0404c_answer11 check (answer11 in ('Y', 'N', 'D')),
  answer12 text constraint ck_cmn_form_0404c_answer12 check (answer12 in ('Y', 'N', 'D'))
);

create table cmn_form_0602b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0602b_answer1 check (answer1 in ('Y', 'N', 'D')),
  answer2 date,
  answer3 text constraint ck_cmn_form_0602b_answer3 check (answer3 in ('Y', 'N', 'D')),
  answer4 integer,
  answer5 text constraint ck_cmn_form_0602b_answer5 check (answer5 in ('1', '2', '3', '4', '5')),
  answer6 text constraint ck_cmn_form_0602b_answer6 check (answer6 in ('Y', 'N', 'D')),
  answer7 text constraint ck_cmn_form_0602b_answer7 check (answer7 in ('Y', 'N', 'D')),
  answer8_begun_on date,
  answer8_ended_on date,
  answer9 date,
  answer10 text constraint ck_cmn_form_0602b_answer10 check (answer10 in ('1', '2', '3')),
  answer11 text constraint ck_cmn_form_0602b_answer11 check (answer11 in ('Y', 'N', 'D')),
  answer12 text constraint ck_cmn_form_0602b_answer12 check (answer12 in ('2', '4'))
);

create table cmn_form_0603b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0603b_answer1 check (answer1 in ('Y', 'N')),
  answer2 integer,
  answer3 text constraint ck_cmn_form_0603b_answer3 check (answer3 in ('1', '2', '3', '4', '5')),
  answer4 text constraint ck_cmn_form_0603b_answer4 check (answer4 in ('Y', 'N')),
  answer5 text constraint ck_cmn_form_0603b_answer5 check (answer5 in ('Y', 'N')),
  answer6 date
);

create table cmn_form_0702a (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0702a_answer1 check (answer1 in ('Y', 'N', 'D')),
  answer2 text constraint ck_cmn_form_0702a_answer2 check (answer2 in ('Y', 'N', 'D')),
  answer3 text constraint ck_cmn_form_0702a_answer3 check (answer3 in ('Y', 'N', 'D')),
  answer4 text constraint ck_cmn_form_0702a_answer4 check (answer4 in ('Y', 'N', 'D')),
  answer5 text constraint ck_cmn_form_0702a_answer5 check (answer5 in ('Y', 'N', 'D'))
);

create table cmn_form_0702b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer6 text constraint ck_cmn_form_0702b_answer6 check (answer6 in ('Y', 'N', 'D')),
  answer7 text constraint ck_cmn_form_0702b_answer7 check (answer7 in ('Y', 'N', 'D')),
  answer8 text constraint ck_cmn_form_0702b_answer8 check (answer8 in ('Y', 'N', 'D')),
  answer12 text constraint ck_cmn_form_0702b_answer12 check (answer12 in ('Y', 'N', 'D')),
  answer13 text constraint ck_cmn_form_0702b_answer13 check (answer13 in ('Y', 'N', 'D')),
  answer14 text constraint ck_cmn_form_0702b_answer14 check (answer14 in ('Y', 'N', 'D'))
);

create table cmn_form_0703a (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0703a_answer1 check (answer1 in ('Y', 'N', 'D')),
  answer2 text constraint ck_cmn_form_0703a_answer2 check (answer2 in ('Y', 'N', 'D')),
  answer3 text constraint ck_cmn_form_0703a_answer3 check (answer3 in ('Y', 'N', 'D')),
  answer4 text constraint ck_cmn_form_0703a_answer4 check (answer4 in ('Y', 'N', 'D')),
  answer5 text constraint ck_cmn_form_0703a_answer5 check (answer5 in ('Y', 'N', 'D'))
);

create table cmn_form_0802 (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1_hcpcs text not null,
  answer1_mg integer,
  answer1_times integer,
  answer2_hcpcs text not null,
  answer2_mg integer,
  answer2_times integer,
  answer3_hcpcs text not null,
  answer3_mg integer,
  answer3_times integer,
  answer4 text constraint ck_cmn_form_0802_answer4 check (answer4 in ('Y', 'N')),
  answer5_1 text constraint ck_cmn_form_0802_answer5_1 check (answer5_1 in ('1', '2', '3', '4', '5')),
  answer5_2 text constraint ck_cmn_form_0802_answer5_2 check (answer5_2 in ('1', '2', '3', '4', '5')),
  answer5_3 text constraint ck_cmn_form_0802_answer5_3 check (answer5_3 in ('1', '2', '3', '4', '5')),
  answer8 text not null,
  answer9 text not null,
  answer10 text not null,
  answer11 date,
  answer12 text constraint ck_cmn_form_0802_answer12 check (answer12 in ('Y', 'N'))
);

create table cmn_form_0902 (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_0902_answer1 check (answer1 in ('1', '3', '4')),
  answer2 text not null,
  answer3 text not null,
  answer4 text constraint ck_cmn_form_0902_answer4 check (answer4 in ('1', '3', '4')),
  answer5 text constraint ck_cmn_form_0902_answer5 check (answer5 in ('1', '2', '3')),
  answer6 integer not null,
  answer7 text constraint ck_cmn_form_0902_answer7 check (answer7 in ('Y', 'N', 'D'))
);

create table cmn_form_0903 (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1a text,
  answer1b text,
  answer1c text,
  answer2a text,
  answer2b text,
  answer2c text,
  answer3 text constraint ck_cmn_form_0903_answer3 check (answer3 in ('1', '2', '3', '4')),
  answer4 text constraint ck_cmn_form_0903_answer4 check (answer4 in ('1', '2'))
);

create table cmn_form_1002a (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_1002a_answer1 check (answer1 in ('Y', 'N')),
  answer3 integer,
  concentration_amino_acid double precision,
  concentration_dextrose double precision,
  concentration_lipids double precision,
  dose_amino_acid double precision,
  dose_dextrose double precision,
  dose_lipids double precision,
  days_per_week_lipids double precision,
  grams_per_day_amino_acid double precision,
  answer5 text constraint ck_cmn_form_1002a_answer5 check (answer5 in ('1', '3', '7'))
);

create table cmn_form_1002b (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer7 text constraint ck_cmn_form_1002b_answer7 check (answer7 in ('Y', 'N')),
  answer8 text constraint ck_cmn_form_1002b_answer8 check (answer8 in ('Y', 'N')),
  answer10a text not null,
  answer10b text not null,
  answer11a text not null,
  answer11b text not null,
  answer12 integer,
  answer13 text constraint ck_cmn_form_1002b_answer13 check (answer13 in ('1', '2', '3', '4')),
  answer14 text constraint ck_cmn_form_1002b_answer14 check (answer14 in ('Y', 'N', 'D')),
  answer15 text not null
);

create table cmn_form_1003 (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1 text constraint ck_cmn_form_1003_answer1 check (answer1 in ('Y', 'N')),
  answer2 text constraint ck_cmn_form_1003_answer2 check (answer2 in ('Y', 'N')),
  answer3a text,
  answer3b text,
  answer4a integer,
  answer4b integer,
  answer5 text constraint ck_cmn_form_1003_answer5 check (answer5 in ('1', '2', '3', '4')),
  answer6 integer,
  answer7 text constraint ck_cmn_form_1003_answer7 check (answer7 in ('Y', 'N')),
  answer8a integer,
  answer8b integer,
  answer8c integer,
  answer8d integer,
  answer8e integer,
  answer8f integer,
  answer8g integer,
  answer8h integer,
  answer9 text constraint ck_cmn_form_1003_answer9 check (answer9 in ('1', '2', '3'))
);

create table cmn_form_48403 (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1a integer,
  answer1b integer,
  answer1c date,
  answer2 text constraint ck_cmn_form_48403_answer2 check (answer2 in ('1', '2', '3')),
  answer3 text constraint ck_cmn_form_48403_answer3 check (answer3 in ('1', '2', '3')),
  answer4 text constraint ck_cmn_form_48403_answer4 check (answer4 in ('Y', 'N', 'D')),
  answer5 text,
  answer6a integer,
  answer6b integer,
  answer6c date,
  answer7 text constraint ck_cmn_form_48403_answer7 check (answer7 in ('Y', 'N')),
  answer8 text constraint ck_cmn_form_48403_answer8 check (answer8 in ('Y', 'N')),
  answer9 text constraint ck_cmn_form_48403_answer9 check (answer9 in ('Y', 'N'))
);

create table cmn_form_4842 (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  answer1a integer,
  answer1b integer,
  answer1c date,
  answer2 text constraint ck_cmn_form_4842_answer2 check (answer2 in ('Y', 'N')),
  answer3 text constraint ck_cmn_form_4842_answer3 check (answer3 in ('1', '2', '3')),
  physician_address text not null,
  physician_city text not null,
  physician_state text not null,
  physician_zip text not null,
  physician_name text not null,
  answer5 text constraint ck_cmn_form_4842_answer5 check (answer5 in ('Y', 'N', 'D')),
  answer6 text,
  answer7a integer,
  answer7b integer,
  answer7c date,
  answer8 text constraint ck_cmn_form_4842_answer8 check (answer8 in ('Y', 'N', 'D')),
  answer9 text constraint ck_cmn_form_4842_answer9 check (answer9 in ('Y', 'N', 'D')),
  answer10 text constraint ck_cmn_form_4842_answer10 check (answer10 in ('Y', 'N', 'D'))
);

create table cmn_form_details (
  tenant_id uuid not null,
  id uuid primary key,
  cmn_form_id uuid,
  billing_code text,
  inventory_item_id uuid,
  ordered_quantity double precision not null,
  ordered_units text,
  billable_price numeric(18,2) not null,
  allowable_price numeric(18,2) not null,
  period text
    constraint ck_cmn_form_details_period check (period in (
      'One time', 'Daily', 'Weekly', 'Monthly', 'Quarterly', 'Semi-Annually', 'Annually', 'Custom'
    )),
  modifier1 text not null,
  modifier2 text not null,
  modifier3 text not null,
  modifier4 text not null,
  predefined_text_id uuid
);

create table cmn_form_drorder (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  prognosis text not null,
  medical_justification text not null
);

create table cmn_form_uro (
  tenant_id uuid not null,
  cmn_form_id uuid primary key,
  prognosis text not null
);

create table denial_codes (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table eligibility_requests (
  tenant_id uuid not null,
  id uuid primary key,
  customer_id uuid,
  customer_insurance_id uuid,
  region text
    constraint ck_eligibility_requests_region check (region in (
      'Region A', 'Region B', 'Region C', 'Region D', 'Zirmed', 'Medi-Cal', 'Availity', 'Office Ally', 'Ability'
    )),
  request_batch_id uuid,
  requested_at timestamp without time zone,
  request_text text not null,
  response_batch_id uuid,
  responded_at timestamp without time zone,
  response_text text,
  submitted_at timestamp without time zone,
  submission_text text
);

create table hao_codes (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table insurance_types (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table invoices (
  tenant_id uuid not null,
  id uuid primary key,
  customer_id uuid,
  order_id uuid,
  is_approved boolean not null,
  invoice_date date,
  invoice_balance numeric(18,2) not null,
  submitted_to text
    constraint ck_invoices_submitted_to check (submitted_to in (
      'Ins1', 'Ins2', 'Ins3', 'Ins4', 'Patient'
    )),
  submitted_by text,
  submitted_date date,
  submitted_batch text,
  customer_insurance1_id uuid,
  customer_insurance2_id uuid,
  customer_insurance3_id uuid,
  customer_insurance4_id uuid,
  doctor_id uuid,
  pos_type_id uuid,
  tax_rate_id uuid,
  tax_rate_percent double precision,
  discount_amount numeric(18,2),
  accepts_assignment boolean not null,
  claim_note text,
  facility_id uuid,
  referral_id uuid,
  sales_rep_id uuid,
  is_archived boolean not null,
  icd9_code_1 text,
  icd9_1_id uuid,
  icd9_code_2 text,
  icd9_2_id uuid,
  icd9_code_3 text,
  icd9_3_id uuid,
  icd9_code_4 text,
  icd9_4_id uuid,
  icd10_code_01 text,
  icd10_01_id uuid,
  icd10_code_02 text,
  icd10_02_id uuid,
  icd10_code_03 text,
  icd10_03_id uuid,
  icd10_code_04 text,
  icd10_04_id uuid,
  icd10_code_05 text,
  icd10_05_id uuid,
  icd10_code_06 text,
  icd10_06_id uuid,
  icd10_code_07 text,
  icd10_07_id uuid,
  icd10_code_08 text,
  icd10_08_id uuid,
  icd10_code_09 text,
  icd10_09_id uuid,
  icd10_code_10 text,
  icd10_10_id uuid,
  icd10_code_11 text,
  icd10_11_id uuid,
  icd10_code_12 text,
  icd10_12_id uuid,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table invoice_items (
  tenant_id uuid not null,
  id uuid primary key,
  invoice_id uuid not null,
  customer_id uuid,
  inventory_item_id uuid,
  price_code_id uuid,
  order_id uuid,
  order_detail_id uuid,
  balance numeric(18,2) not null,
  billable_amount numeric(18,2) not null,
  allowable_amount numeric(18,2) not null,
  tax_amount numeric(18,2) not null,
  quantity double precision not null,
  invoice_date date,
  service_start_date date,
  service_end_date date,
  billing_code text,
  modifier1 text not null,
  modifier2 text not null,
  modifier3 text not null,
  modifier4 text not null,
  diagnosis_pointer text,
  billing_month integer not null,
  send_cmn_rx_with_invoice boolean not null,
  special_code text,
  review_code text,
  is_medically_unnecessary boolean not null,
  authorization_number text,
  authorization_type_id uuid,
  invoice_notes text,
  invoice_record text,
  cmn_form_id uuid,
  hao_code text,
  hao_code_id uuid,
  bill_insurance1 boolean not null,
  bill_insurance2 boolean not null,
  bill_insurance3 boolean not null,
  bill_insurance4 boolean not null,
  has_hardship boolean not null,
  show_span_dates boolean not null,
  payment_amount numeric(18,2) not null,
  write_off_amount numeric(18,2) not null,
  current_payer text
    constraint ck_invoice_items_current_payer check (current_payer in (
      'Ins1', 'Ins2', 'Ins3', 'Ins4', 'Patient', 'None'
    )),
  pending_count smallint not null,
  submit_count smallint not null,
  payment_count smallint not null,
  submitted_date date,
  is_submitted boolean not null,
  current_insurance_company_id uuid,
  current_customer_insurance_id uuid,
  accepts_assignment boolean not null,
  deductible_amount numeric(18,2) not null,
  drug_note_field text,
  drug_control_number text,
  no_pay_insurance1 boolean not null,
  icd10_pointer smallint not null,
  diagnosis_pointer10 text,
  hao_description text
);

create table invoice_transactions (
  tenant_id uuid not null,
  id uuid primary key,
  invoice_item_id uuid not null,
  invoice_id uuid not null,
  customer_id uuid,
  insurance_company_id uuid,
  customer_insurance_id uuid,
  transaction_type_id uuid,
  transaction_date date,
  amount numeric(18,2) not null,
  quantity double precision not null,
  tax_amount numeric(18,2) not null,
  batch_number text not null,
  comments text,
  extra text,
  is_approved boolean not null,
  deductible_amount numeric(18,2) not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table invoice_transaction_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  balance integer not null,
  allowable integer not null,
  amount integer not null,
  taxes integer not null
);

create table invoice_forms (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  report_file_name text not null,
  margin_top double precision not null,
  margin_left double precision not null,
  margin_bottom double precision not null,
  margin_right double precision not null,
  special_coding text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table invoice_notes (
  tenant_id uuid not null,
  id uuid primary key,
  invoice_item_id uuid,
  invoice_id uuid,
  customer_id uuid,
  callback_date date,
  is_done boolean not null,
  notes text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table payers (
  tenant_id uuid not null,
  insurance_company_id uuid not null,
  is_participating_provider boolean not null,
  extract_ordering_physician boolean not null,
  extract_referring_physician boolean not null,
  extract_rendering_provider boolean not null,
  taxonomy_code_prefix text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone,
  primary key (tenant_id, insurance_company_id)
);

create table payment_plans (
  tenant_id uuid not null,
  id uuid primary key,
  customer_id uuid not null,
  period text constraint ck_payment_plans_period check (period in ('Weekly', 'Bi-weekly', 'Monthly')),
  first_payment_date date,
  payment_count integer not null,
  payment_amount numeric(18,2) not null,
  details text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table payment_plan_payments (
  tenant_id uuid not null,
  id uuid primary key,
  payment_plan_id uuid not null,
  customer_id uuid not null,
  installment_number integer not null,
  due_date date,
  due_amount numeric(18,2) not null,
  payment_date date,
  payment_amount numeric(18,2) not null,
  details text,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table pos_types (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table provider_numbers (
  tenant_id uuid not null,
  id uuid primary key,
  location_id uuid,
  insurance_company_id uuid,
  provider_number text not null,
  provider_number_type_code text not null,
  provider_number_type_id uuid,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table provider_number_types (
  tenant_id uuid not null,
  id uuid primary key,
  code text not null,
  description text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table claim_submitters (
  tenant_id uuid not null,
  id uuid primary key,
  ecs_format text
    constraint ck_claim_submitters_ecs_format check (ecs_format in (
      'Region A', 'Region B', 'Region C', 'Region D'
    )),
  name text not null,
  submitter_number text not null,
  is_production boolean not null,
  contact_name text not null,
  address1 text not null,
  address2 text not null,
  city text not null,
  state text not null,
  zip text not null,
  phone text not null,
  last_batch_number text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table tax_rates (
  tenant_id uuid not null,
  id uuid primary key,
  city_tax double precision,
  county_tax double precision,
  name text not null,
  other_tax double precision,
  state_tax double precision,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table eligibility_payers (
  id uuid primary key,
  code text not null,
  name text not null,
  comments text not null,
  search_options text not null,
  allows_submission boolean not null
);

create table icd10_codes (
  id uuid primary key,
  code text not null,
  description text not null,
  is_header boolean not null,
  active_date date,
  inactive_date date,
  last_update_user_legacy_id smallint,
  last_updated_at timestamp with time zone
);

create table icd9_codes (
  id uuid primary key,
  code text not null,
  description text not null,
  active_date date,
  inactive_date date,
  last_update_user_legacy_id smallint,
  last_updated_at timestamp with time zone
);

create table insurance_companies (
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  basis text constraint ck_insurance_companies_basis check (basis in ('Bill', 'Allowed')),
  city text not null,
  contact_name text not null,
  ecs_format text
    constraint ck_insurance_companies_ecs_format check (ecs_format in (
      'Region A', 'Region B', 'Region C', 'Region D', 'Zirmed', 'Medi-Cal', 'Availity', 'Office Ally', 'Ability'
    )),
  expected_percent double precision,
  fax text not null,
  name text not null,
  phone text not null,
  phone2 text not null,
  price_code_legacy_id integer,
  print_hao_on_invoice boolean,
  print_inv_on_invoice boolean,
  state text not null,
  contact_title text not null,
  insurance_company_type_id uuid,
  zip text not null,
  medicare_number text not null,
  office_ally_number text not null,
  zirmed_number text not null,
  invoice_form_legacy_id integer,
  medicaid_number text not null,
  missing_information text[] not null
    constraint ck_insurance_companies_missing_information check (missing_information <@ array[
      'MedicareNumber'
    ]::text[]),
  group_id uuid,
  availity_number text not null,
  ability_number text not null,
  eligibility_payer_id uuid,
  last_update_user_legacy_id smallint,
  last_updated_at timestamp with time zone
);

create table insurance_company_groups (
  id uuid primary key,
  name text not null,
  last_update_user_legacy_id smallint,
  last_updated_at timestamp with time zone
);

create table insurance_company_types (
  id uuid primary key,
  name text not null
);

create table edi_batches (
  id uuid primary key,
  region_name text,
  company_name text,
  workflow text,
  file_name text,
  location text,
  file_type text,
  status text,
  created_at timestamp without time zone,
  status_at timestamp without time zone,
  comment text,
  data bytea,
  is_archived boolean
);

create table edi_regions (
  id uuid primary key,
  name text not null,
  receiver_id text,
  receiver_name text,
  receiver_code text,
  submitter_id text,
  submitter_name text,
  submitter_number text,
  submitter_contact text,
  submitter_phone text,
  submitter_address1 text,
  submitter_address2 text,
  submitter_city text,
  submitter_state text,
  submitter_zip text,
  is_production boolean,
  login text,
  phone text,
  has_zip_ability boolean,
  update_allowable boolean,
  post_zero_pay boolean,
  upload_mask text,
  download_mask text
);

-- System

create table change_markers (
  tenant_id uuid not null,
  id uuid primary key,
  table_name text not null,
  session_legacy_id integer not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table companies (
  tenant_id uuid not null,
  id uuid primary key,
  address1 text not null,
  address2 text not null,
  bill_customer_copay_upfront boolean not null,
  city text not null,
  fax text not null,
  federal_tax_id text not null,
  taxonomy_code text not null,
  ein text not null,
  ssn text not null,
  tax_id_type text constraint ck_companies_tax_id_type check (tax_id_type in ('SSN', 'EIN')),
  name text not null,
  is_participating_provider boolean not null,
  phone text not null,
  phone2 text not null,
  po_authorization_code_required boolean not null,
  print_prices_on_orders boolean not null,
  picture bytea,
  pos_type_id uuid,
  state text not null,
  generate_blanket_assignments boolean not null,
  generate_capped_rental_letters boolean not null,
  generate_customer_account_numbers boolean not null,
  generate_delivery_pickup_tickets boolean not null,
  generate_doctors_order boolean not null,
  generate_hipaa_forms boolean not null,
  generate_patient_bill_of_rights boolean not null,
  generate_purchase_order_number boolean not null,
  write_off_difference boolean not null,
  zip text not null,
  include_location_info boolean not null,
  contact_name text not null,
  print_company_info_on_invoice boolean not null,
  print_company_info_on_delivery boolean not null,
  print_company_info_on_pickup boolean not null,
  show_inactive_customers boolean not null,
  warehouse_id uuid,
  npi text,
  tax_rate_id uuid,
  imaging_server text,
  zirmed_number text not null,
  reorder_inventory_automatically boolean not null,
  availity_number text not null,
  show_quantity_on_hand boolean not null,
  use_icd10_for_new_cmn_rx boolean not null,
  survey_id uuid,
  ability_integration_settings text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table locations (
  tenant_id uuid not null,
  id uuid primary key,
  contact_name text not null,
  name text not null,
  code text not null,
  city text not null,
  address1 text not null,
  address2 text not null,
  state text not null,
  zip text not null,
  fax text not null,
  federal_tax_id text not null,
  tax_id_type text constraint ck_locations_tax_id_type check (tax_id_type in ('SSN', 'EIN')),
  phone text not null,
  phone2 text not null,
  print_info_on_delivery_pickup_ticket boolean,
  print_info_on_invoice_account_statements boolean,
  print_info_on_participating_provider boolean,
  npi text,
  invoice_form_id uuid,
  price_code_id uuid,
  is_participating_provider boolean,
  email text,
  warehouse_id uuid,
  pos_type_id uuid,
  tax_rate_id uuid,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table permission_objects (
  tenant_id uuid not null,
  id uuid primary key,
  description text not null,
  name text not null
);

create table user_permissions (
  tenant_id uuid not null,
  user_id uuid not null,
  permission_object_id uuid not null,
  can_add_edit boolean not null,
  can_delete boolean not null,
  can_process boolean not null,
  can_view boolean not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone,
  primary key (user_id, permission_object_id)
);

create table predefined_texts (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  type text
    constraint ck_predefined_texts_type check (type in (
      'Document Text', 'Account Statements', 'Compliance Notes', 'Customer Notes', 'Invoice Notes', 'HAO'
    )),
  body text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table user_sessions (
  tenant_id uuid not null,
  id uuid primary key,
  user_id uuid not null,
  logged_in_at timestamp without time zone,
  last_updated_at timestamp without time zone
);

create table users (
  tenant_id uuid not null,
  id uuid primary key,
  login text not null,
  email text not null,
  last_update_user_id uuid,
  last_updated_at timestamp with time zone
);

create table user_locations (
  tenant_id uuid not null,
  user_id uuid not null,
  location_id uuid not null,
  primary key (user_id, location_id)
);

create table user_notifications (
  tenant_id uuid not null,
  id uuid primary key,
  type text not null,
  arguments text not null,
  user_id uuid not null,
  notified_at timestamp with time zone
);

create table company_variables (
  tenant_id uuid not null,
  id uuid primary key,
  name text not null,
  value text not null
);

create table shared_variables (
  id uuid primary key,
  name text not null,
  value text not null
);

create table zip_codes (
  id uuid primary key,
  zip text not null,
  state text not null,
  city text not null
);

create table edi_certificates (
  id uuid primary key,
  name text not null,
  description text,
  data bytea
);

create table edi_companies (
  id uuid primary key,
  name text not null,
  odbc_dsn text,
  server text,
  port integer,
  database_name text
);

create table edi_globals (
  id uuid primary key,
  name text not null,
  value text
);

create table edi_variables (
  id uuid primary key,
  name text not null,
  value text not null
);
