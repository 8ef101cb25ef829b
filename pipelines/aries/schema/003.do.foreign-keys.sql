-- Every relation that the target enforces. None has a delete action: RESTRICT in effect, as in the legacy schema. All are
-- deferrable, because the relations form cycles and a further company is added to a live schema in one transaction.

-- Customers

alter table compliance_plans
  add constraint fk_compliance_plans_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_compliance_plans_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_compliance_plans_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_compliance_plans_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table compliance_items
  add constraint fk_compliance_items_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_compliance_items_compliance_plan_id foreign key (compliance_plan_id) references compliance_plans (id) deferrable,
  add constraint fk_compliance_items_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable;

alter table compliance_notes
  add constraint fk_compliance_notes_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_compliance_notes_compliance_plan_id foreign key (compliance_plan_id) references compliance_plans (id) deferrable,
  add constraint fk_compliance_notes_created_by_user_id foreign key (created_by_user_id) references users (id) deferrable,
  add constraint fk_compliance_notes_assigned_to_user_id foreign key (assigned_to_user_id) references users (id) deferrable,
  add constraint fk_compliance_notes_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table customers
  add constraint fk_customers_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_customers_billing_type_id foreign key (billing_type_id) references billing_types (id) deferrable,
  add constraint fk_customers_customer_class_id foreign key (customer_class_id) references customer_classes (id) deferrable,
  add constraint fk_customers_customer_type_id foreign key (customer_type_id) references customer_types (id) deferrable,
  add constraint fk_customers_location_id foreign key (location_id) references locations (id) deferrable,
  add constraint fk_customers_signature_type_id foreign key (signature_type_id) references signature_types (id) deferrable,
  add constraint fk_customers_tax_rate_id foreign key (tax_rate_id) references tax_rates (id) deferrable,
  add constraint fk_customers_doctor1_id foreign key (doctor1_id) references doctors (id) deferrable,
  add constraint fk_customers_doctor2_id foreign key (doctor2_id) references doctors (id) deferrable,
  add constraint fk_customers_facility_id foreign key (facility_id) references facilities (id) deferrable,
  add constraint fk_customers_legal_representative_id foreign key (legal_representative_id) references legal_representatives (id) deferrable,
  add constraint fk_customers_referral_id foreign key (referral_id) references referrals (id) deferrable,
  add constraint fk_customers_sales_rep_id foreign key (sales_rep_id) references sales_reps (id) deferrable,
  add constraint fk_customers_pos_type_id foreign key (pos_type_id) references pos_types (id) deferrable,
  add constraint fk_customers_invoice_form_id foreign key (invoice_form_id) references invoice_forms (id) deferrable,
  add constraint fk_customers_icd9_1_id foreign key (icd9_1_id) references icd9_codes (id) deferrable,
  add constraint fk_customers_icd9_2_id foreign key (icd9_2_id) references icd9_codes (id) deferrable,
  add constraint fk_customers_icd9_3_id foreign key (icd9_3_id) references icd9_codes (id) deferrable,
  add constraint fk_customers_icd9_4_id foreign key (icd9_4_id) references icd9_codes (id) deferrable,
  add constraint fk_customers_icd10_01_id foreign key (icd10_01_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_02_id foreign key (icd10_02_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_03_id foreign key (icd10_03_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_04_id foreign key (icd10_04_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_05_id foreign key (icd10_05_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_06_id foreign key (icd10_06_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_07_id foreign key (icd10_07_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_08_id foreign key (icd10_08_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_09_id foreign key (icd10_09_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_10_id foreign key (icd10_10_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_11_id foreign key (icd10_11_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_icd10_12_id foreign key (icd10_12_id) references icd10_codes (id) deferrable,
  add constraint fk_customers_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table customer_insurances
  add constraint fk_customer_insurances_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_customer_insurances_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_customer_insurances_insurance_company_id foreign key (insurance_company_id) references insurance_companies (id) deferrable,
  add constraint fk_customer_insurances_insurance_type_id foreign key (insurance_type_id) references insurance_types (id) deferrable,
  add constraint fk_customer_insurances_relationship_id foreign key (relationship_id) references relationships (id) deferrable,
  add constraint fk_customer_insurances_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table customer_notes
  add constraint fk_customer_notes_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_customer_notes_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_customer_notes_created_by_user_id foreign key (created_by_user_id) references users (id) deferrable,
  add constraint fk_customer_notes_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table customer_classes
  add constraint fk_customer_classes_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_customer_classes_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table customer_types
  add constraint fk_customer_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_customer_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table facilities
  add constraint fk_facilities_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_facilities_pos_type_id foreign key (pos_type_id) references pos_types (id) deferrable,
  add constraint fk_facilities_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table documents
  add constraint fk_documents_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_documents_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_documents_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_documents_invoice_id foreign key (invoice_id) references invoices (id) deferrable,
  add constraint fk_documents_doctor_id foreign key (doctor_id) references doctors (id) deferrable,
  add constraint fk_documents_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable,
  add constraint fk_documents_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table legal_representatives
  add constraint fk_legal_representatives_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_legal_representatives_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table medical_conditions
  add constraint fk_medical_conditions_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_medical_conditions_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table referrals
  add constraint fk_referrals_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_referrals_referral_type_id foreign key (referral_type_id) references referral_types (id) deferrable,
  add constraint fk_referrals_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table referral_types
  add constraint fk_referral_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_referral_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table relationships
  add constraint fk_relationships_tenant_id foreign key (tenant_id) references tenants (id) deferrable;

alter table signature_types
  add constraint fk_signature_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable;

alter table doctors
  add constraint fk_doctors_doctor_type_id foreign key (doctor_type_id) references doctor_types (id) deferrable;

-- Orders

alter table orders
  add constraint fk_orders_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_orders_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_orders_shipping_method_id foreign key (shipping_method_id) references shipping_methods (id) deferrable,
  add constraint fk_orders_customer_insurance1_id foreign key (customer_insurance1_id) references customer_insurances (id) deferrable,
  add constraint fk_orders_customer_insurance2_id foreign key (customer_insurance2_id) references customer_insurances (id) deferrable,
  add constraint fk_orders_customer_insurance3_id foreign key (customer_insurance3_id) references customer_insurances (id) deferrable,
  add constraint fk_orders_customer_insurance4_id foreign key (customer_insurance4_id) references customer_insurances (id) deferrable,
  add constraint fk_orders_doctor_id foreign key (doctor_id) references doctors (id) deferrable,
  add constraint fk_orders_pos_type_id foreign key (pos_type_id) references pos_types (id) deferrable,
  add constraint fk_orders_facility_id foreign key (facility_id) references facilities (id) deferrable,
  add constraint fk_orders_referral_id foreign key (referral_id) references referrals (id) deferrable,
  add constraint fk_orders_sales_rep_id foreign key (sales_rep_id) references sales_reps (id) deferrable,
  add constraint fk_orders_location_id foreign key (location_id) references locations (id) deferrable,
  add constraint fk_orders_icd9_1_id foreign key (icd9_1_id) references icd9_codes (id) deferrable,
  add constraint fk_orders_icd9_2_id foreign key (icd9_2_id) references icd9_codes (id) deferrable,
  add constraint fk_orders_icd9_3_id foreign key (icd9_3_id) references icd9_codes (id) deferrable,
  add constraint fk_orders_icd9_4_id foreign key (icd9_4_id) references icd9_codes (id) deferrable,
  add constraint fk_orders_icd10_01_id foreign key (icd10_01_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_02_id foreign key (icd10_02_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_03_id foreign key (icd10_03_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_04_id foreign key (icd10_04_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_05_id foreign key (icd10_05_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_06_id foreign key (icd10_06_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_07_id foreign key (icd10_07_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_08_id foreign key (icd10_08_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_09_id foreign key (icd10_09_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_10_id foreign key (icd10_10_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_11_id foreign key (icd10_11_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_icd10_12_id foreign key (icd10_12_id) references icd10_codes (id) deferrable,
  add constraint fk_orders_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table order_deposits
  add constraint fk_order_deposits_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_order_deposits_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_order_deposits_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_order_deposits_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable,
  add constraint fk_order_deposits_customer_id_order_id foreign key (customer_id, order_id) references orders (customer_id, id) deferrable;

alter table order_details
  add constraint fk_order_details_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_order_details_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_order_details_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_order_details_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_order_details_price_code_id foreign key (price_code_id) references price_codes (id) deferrable,
  add constraint fk_order_details_serial_number_id foreign key (serial_number_id) references serial_numbers (id) deferrable,
  add constraint fk_order_details_authorization_type_id foreign key (authorization_type_id) references authorization_types (id) deferrable,
  add constraint fk_order_details_next_order_id foreign key (next_order_id) references orders (id) deferrable,
  add constraint fk_order_details_recurring_order_detail_id foreign key (recurring_order_detail_id) references order_details (id) deferrable,
  add constraint fk_order_details_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable,
  add constraint fk_order_details_hao_code_id foreign key (hao_code_id) references hao_codes (id) deferrable,
  add constraint fk_order_details_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_order_details_customer_id_next_order_id foreign key (customer_id, next_order_id) references orders (customer_id, id) deferrable,
  add constraint fk_order_details_customer_id_order_id foreign key (customer_id, order_id) references orders (customer_id, id) deferrable;

alter table order_deposit_lines
  add constraint fk_order_deposit_lines_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_order_deposit_lines_order_detail_id foreign key (order_detail_id) references order_details (id) deferrable,
  add constraint fk_order_deposit_lines_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_order_deposit_lines_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_order_deposit_lines_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable,
  add constraint fk_order_deposit_lines_customer_id_order_id foreign key (customer_id, order_id) references order_deposits (customer_id, order_id) deferrable;

alter table order_surveys
  add constraint fk_order_surveys_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_order_surveys_survey_id foreign key (survey_id) references surveys (id) deferrable,
  add constraint fk_order_surveys_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_order_surveys_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table order_deposits_legacy
  add constraint fk_order_deposits_legacy_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_order_deposits_legacy_order_detail_id foreign key (order_detail_id) references order_details (id) deferrable,
  add constraint fk_order_deposits_legacy_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_order_deposits_legacy_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_order_deposits_legacy_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable,
  add constraint fk_order_deposits_legacy_customer_id_order_id foreign key (customer_id, order_id) references orders (customer_id, id) deferrable;

alter table sales_reps
  add constraint fk_sales_reps_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_sales_reps_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table shipping_methods
  add constraint fk_shipping_methods_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_shipping_methods_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table surveys
  add constraint fk_surveys_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_surveys_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

-- Inventory

alter table stock_levels
  add constraint fk_stock_levels_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_stock_levels_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_stock_levels_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_stock_levels_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table inventory_transactions
  add constraint fk_inventory_transactions_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_inventory_transactions_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_inventory_transactions_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_inventory_transactions_transaction_type_id foreign key (transaction_type_id) references inventory_transaction_types (id) deferrable,
  add constraint fk_inventory_transactions_serial_number_id foreign key (serial_number_id) references serial_numbers (id) deferrable,
  add constraint fk_inventory_transactions_vendor_id foreign key (vendor_id) references vendors (id) deferrable,
  add constraint fk_inventory_transactions_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_inventory_transactions_purchase_order_id foreign key (purchase_order_id) references purchase_orders (id) deferrable,
  add constraint fk_inventory_transactions_purchase_order_item_id foreign key (purchase_order_item_id) references purchase_order_items (id) deferrable,
  add constraint fk_inventory_transactions_invoice_id foreign key (invoice_id) references invoices (id) deferrable,
  add constraint fk_inventory_transactions_manufacturer_id foreign key (manufacturer_id) references manufacturers (id) deferrable,
  add constraint fk_inventory_transactions_order_detail_id foreign key (order_detail_id) references order_details (id) deferrable,
  add constraint fk_inventory_transactions_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_inventory_transactions_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table inventory_transaction_types
  add constraint fk_inventory_transaction_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable;

alter table inventory_items
  add constraint fk_inventory_items_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_inventory_items_vendor_id foreign key (vendor_id) references vendors (id) deferrable,
  add constraint fk_inventory_items_predefined_text_id foreign key (predefined_text_id) references predefined_texts (id) deferrable,
  add constraint fk_inventory_items_product_type_id foreign key (product_type_id) references product_types (id) deferrable,
  add constraint fk_inventory_items_manufacturer_id foreign key (manufacturer_id) references manufacturers (id) deferrable,
  add constraint fk_inventory_items_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table kits
  add constraint fk_kits_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_kits_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table kit_components
  add constraint fk_kit_components_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_kit_components_kit_id foreign key (kit_id) references kits (id) deferrable,
  add constraint fk_kit_components_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_kit_components_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_kit_components_price_code_id foreign key (price_code_id) references price_codes (id) deferrable;

alter table manufacturers
  add constraint fk_manufacturers_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_manufacturers_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table price_codes
  add constraint fk_price_codes_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_price_codes_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table price_code_items
  add constraint fk_price_code_items_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_price_code_items_authorization_type_id foreign key (authorization_type_id) references authorization_types (id) deferrable,
  add constraint fk_price_code_items_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_price_code_items_price_code_id foreign key (price_code_id) references price_codes (id) deferrable,
  add constraint fk_price_code_items_predefined_text_id foreign key (predefined_text_id) references predefined_texts (id) deferrable,
  add constraint fk_price_code_items_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table product_types
  add constraint fk_product_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_product_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table purchase_orders
  add constraint fk_purchase_orders_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_purchase_orders_vendor_id foreign key (vendor_id) references vendors (id) deferrable,
  add constraint fk_purchase_orders_tax_rate_id foreign key (tax_rate_id) references tax_rates (id) deferrable,
  add constraint fk_purchase_orders_created_by_user_id foreign key (created_by_user_id) references users (id) deferrable,
  add constraint fk_purchase_orders_submitted_by_user_id foreign key (submitted_by_user_id) references users (id) deferrable,
  add constraint fk_purchase_orders_location_id foreign key (location_id) references locations (id) deferrable,
  add constraint fk_purchase_orders_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table purchase_order_items
  add constraint fk_purchase_order_items_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_purchase_order_items_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_purchase_order_items_purchase_order_id foreign key (purchase_order_id) references purchase_orders (id) deferrable,
  add constraint fk_purchase_order_items_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_purchase_order_items_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table serial_numbers
  add constraint fk_serial_numbers_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_serial_numbers_current_customer_id foreign key (current_customer_id) references customers (id) deferrable,
  add constraint fk_serial_numbers_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_serial_numbers_last_customer_id foreign key (last_customer_id) references customers (id) deferrable,
  add constraint fk_serial_numbers_manufacturer_id foreign key (manufacturer_id) references manufacturers (id) deferrable,
  add constraint fk_serial_numbers_vendor_id foreign key (vendor_id) references vendors (id) deferrable,
  add constraint fk_serial_numbers_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_serial_numbers_purchase_order_id foreign key (purchase_order_id) references purchase_orders (id) deferrable,
  add constraint fk_serial_numbers_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table maintenance_records
  add constraint fk_maintenance_records_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_maintenance_records_serial_number_id foreign key (serial_number_id) references serial_numbers (id) deferrable,
  add constraint fk_maintenance_records_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table serial_transactions
  add constraint fk_serial_transactions_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_serial_transactions_transaction_type_id foreign key (transaction_type_id) references serial_transaction_types (id) deferrable,
  add constraint fk_serial_transactions_serial_number_id foreign key (serial_number_id) references serial_numbers (id) deferrable,
  add constraint fk_serial_transactions_vendor_id foreign key (vendor_id) references vendors (id) deferrable,
  add constraint fk_serial_transactions_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_serial_transactions_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_serial_transactions_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_serial_transactions_order_detail_id foreign key (order_detail_id) references order_details (id) deferrable,
  add constraint fk_serial_transactions_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table serial_transaction_types
  add constraint fk_serial_transaction_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable;

alter table vendors
  add constraint fk_vendors_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_vendors_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table warehouses
  add constraint fk_warehouses_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_warehouses_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

-- Billing and insurance

alter table eligibility_inquiries
  add constraint fk_eligibility_inquiries_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_eligibility_inquiries_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_eligibility_inquiries_customer_insurance_id foreign key (customer_insurance_id) references customer_insurances (id) deferrable;

alter table authorization_types
  add constraint fk_authorization_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_authorization_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table batch_payments
  add constraint fk_batch_payments_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_batch_payments_insurance_company_id foreign key (insurance_company_id) references insurance_companies (id) deferrable,
  add constraint fk_batch_payments_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table billing_types
  add constraint fk_billing_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_billing_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table cmn_forms
  add constraint fk_cmn_forms_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_forms_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_cmn_forms_customer_icd9_1_id foreign key (customer_icd9_1_id) references icd9_codes (id) deferrable,
  add constraint fk_cmn_forms_customer_icd10_1_id foreign key (customer_icd10_1_id) references icd10_codes (id) deferrable,
  add constraint fk_cmn_forms_customer_icd9_2_id foreign key (customer_icd9_2_id) references icd9_codes (id) deferrable,
  add constraint fk_cmn_forms_customer_icd10_2_id foreign key (customer_icd10_2_id) references icd10_codes (id) deferrable,
  add constraint fk_cmn_forms_customer_icd9_3_id foreign key (customer_icd9_3_id) references icd9_codes (id) deferrable,
  add constraint fk_cmn_forms_customer_icd10_3_id foreign key (customer_icd10_3_id) references icd10_codes (id) deferrable,
  add constraint fk_cmn_forms_customer_icd9_4_id foreign key (customer_icd9_4_id) references icd9_codes (id) deferrable,
  add constraint fk_cmn_forms_customer_icd10_4_id foreign key (customer_icd10_4_id) references icd10_codes (id) deferrable,
  add constraint fk_cmn_forms_doctor_id foreign key (doctor_id) references doctors (id) deferrable,
  add constraint fk_cmn_forms_pos_type_id foreign key (pos_type_id) references pos_types (id) deferrable,
  add constraint fk_cmn_forms_facility_id foreign key (facility_id) references facilities (id) deferrable,
  add constraint fk_cmn_forms_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_cmn_forms_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table cmn_form_0102a
  add constraint fk_cmn_form_0102a_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0102a_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0102b
  add constraint fk_cmn_form_0102b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0102b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0203a
  add constraint fk_cmn_form_0203a_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0203a_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0203b
  add constraint fk_cmn_form_0203b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0203b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0302
  add constraint fk_cmn_form_0302_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0302_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0403b
  add constraint fk_cmn_form_0403b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0403b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0403c
  add constraint fk_cmn_form_0403c_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0403c_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0404b
  add constraint fk_cmn_form_0404b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0404b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0404c
  add constraint fk_cmn_form_0404c_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0404c_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0602b
  add constraint fk_cmn_form_0602b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0602b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0603b
  add constraint fk_cmn_form_0603b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0603b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0702a
  add constraint fk_cmn_form_0702a_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0702a_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0702b
  add constraint fk_cmn_form_0702b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0702b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0703a
  add constraint fk_cmn_form_0703a_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0703a_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0802
  add constraint fk_cmn_form_0802_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0802_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0902
  add constraint fk_cmn_form_0902_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0902_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_0903
  add constraint fk_cmn_form_0903_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_0903_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_1002a
  add constraint fk_cmn_form_1002a_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_1002a_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_1002b
  add constraint fk_cmn_form_1002b_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_1002b_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_1003
  add constraint fk_cmn_form_1003_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_1003_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_48403
  add constraint fk_cmn_form_48403_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_48403_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_4842
  add constraint fk_cmn_form_4842_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_4842_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_details
  add constraint fk_cmn_form_details_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_details_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable,
  add constraint fk_cmn_form_details_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_cmn_form_details_predefined_text_id foreign key (predefined_text_id) references predefined_texts (id) deferrable;

alter table cmn_form_drorder
  add constraint fk_cmn_form_drorder_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_drorder_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table cmn_form_uro
  add constraint fk_cmn_form_uro_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_cmn_form_uro_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable;

alter table denial_codes
  add constraint fk_denial_codes_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_denial_codes_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table eligibility_requests
  add constraint fk_eligibility_requests_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_eligibility_requests_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_eligibility_requests_customer_insurance_id foreign key (customer_insurance_id) references customer_insurances (id) deferrable,
  add constraint fk_eligibility_requests_request_batch_id foreign key (request_batch_id) references edi_batches (id) deferrable,
  add constraint fk_eligibility_requests_response_batch_id foreign key (response_batch_id) references edi_batches (id) deferrable;

alter table hao_codes
  add constraint fk_hao_codes_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_hao_codes_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table insurance_types
  add constraint fk_insurance_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_insurance_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table invoices
  add constraint fk_invoices_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_invoices_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_invoices_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_invoices_customer_insurance1_id foreign key (customer_insurance1_id) references customer_insurances (id) deferrable,
  add constraint fk_invoices_customer_insurance2_id foreign key (customer_insurance2_id) references customer_insurances (id) deferrable,
  add constraint fk_invoices_customer_insurance3_id foreign key (customer_insurance3_id) references customer_insurances (id) deferrable,
  add constraint fk_invoices_customer_insurance4_id foreign key (customer_insurance4_id) references customer_insurances (id) deferrable,
  add constraint fk_invoices_doctor_id foreign key (doctor_id) references doctors (id) deferrable,
  add constraint fk_invoices_pos_type_id foreign key (pos_type_id) references pos_types (id) deferrable,
  add constraint fk_invoices_tax_rate_id foreign key (tax_rate_id) references tax_rates (id) deferrable,
  add constraint fk_invoices_facility_id foreign key (facility_id) references facilities (id) deferrable,
  add constraint fk_invoices_referral_id foreign key (referral_id) references referrals (id) deferrable,
  add constraint fk_invoices_sales_rep_id foreign key (sales_rep_id) references sales_reps (id) deferrable,
  add constraint fk_invoices_icd9_1_id foreign key (icd9_1_id) references icd9_codes (id) deferrable,
  add constraint fk_invoices_icd9_2_id foreign key (icd9_2_id) references icd9_codes (id) deferrable,
  add constraint fk_invoices_icd9_3_id foreign key (icd9_3_id) references icd9_codes (id) deferrable,
  add constraint fk_invoices_icd9_4_id foreign key (icd9_4_id) references icd9_codes (id) deferrable,
  add constraint fk_invoices_icd10_01_id foreign key (icd10_01_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_02_id foreign key (icd10_02_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_03_id foreign key (icd10_03_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_04_id foreign key (icd10_04_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_05_id foreign key (icd10_05_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_06_id foreign key (icd10_06_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_07_id foreign key (icd10_07_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_08_id foreign key (icd10_08_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_09_id foreign key (icd10_09_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_10_id foreign key (icd10_10_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_11_id foreign key (icd10_11_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_icd10_12_id foreign key (icd10_12_id) references icd10_codes (id) deferrable,
  add constraint fk_invoices_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable,
  add constraint fk_invoices_customer_id_order_id foreign key (customer_id, order_id) references orders (customer_id, id) deferrable;

alter table invoice_items
  add constraint fk_invoice_items_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_invoice_items_invoice_id foreign key (invoice_id) references invoices (id) deferrable,
  add constraint fk_invoice_items_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_invoice_items_inventory_item_id foreign key (inventory_item_id) references inventory_items (id) deferrable,
  add constraint fk_invoice_items_price_code_id foreign key (price_code_id) references price_codes (id) deferrable,
  add constraint fk_invoice_items_order_id foreign key (order_id) references orders (id) deferrable,
  add constraint fk_invoice_items_order_detail_id foreign key (order_detail_id) references order_details (id) deferrable,
  add constraint fk_invoice_items_authorization_type_id foreign key (authorization_type_id) references authorization_types (id) deferrable,
  add constraint fk_invoice_items_cmn_form_id foreign key (cmn_form_id) references cmn_forms (id) deferrable,
  add constraint fk_invoice_items_hao_code_id foreign key (hao_code_id) references hao_codes (id) deferrable,
  add constraint fk_invoice_items_current_insurance_company_id foreign key (current_insurance_company_id) references insurance_companies (id) deferrable,
  add constraint fk_invoice_items_current_customer_insurance_id foreign key (current_customer_insurance_id) references customer_insurances (id) deferrable,
  add constraint fk_invoice_items_customer_id_invoice_id foreign key (customer_id, invoice_id) references invoices (customer_id, id) deferrable;

alter table invoice_transactions
  add constraint fk_invoice_transactions_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_invoice_transactions_invoice_item_id foreign key (invoice_item_id) references invoice_items (id) deferrable,
  add constraint fk_invoice_transactions_invoice_id foreign key (invoice_id) references invoices (id) deferrable,
  add constraint fk_invoice_transactions_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_invoice_transactions_insurance_company_id foreign key (insurance_company_id) references insurance_companies (id) deferrable,
  add constraint fk_invoice_transactions_customer_insurance_id foreign key (customer_insurance_id) references customer_insurances (id) deferrable,
  add constraint fk_invoice_transactions_transaction_type_id foreign key (transaction_type_id) references invoice_transaction_types (id) deferrable,
  add constraint fk_invoice_transactions_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable,
  add constraint fk_invoice_transactions_customer_id_invoice_id_invoice_item_id foreign key (customer_id, invoice_id, invoice_item_id) references invoice_items (customer_id, invoice_id, id) deferrable;

alter table invoice_transaction_types
  add constraint fk_invoice_transaction_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable;

alter table invoice_forms
  add constraint fk_invoice_forms_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_invoice_forms_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table invoice_notes
  add constraint fk_invoice_notes_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_invoice_notes_invoice_item_id foreign key (invoice_item_id) references invoice_items (id) deferrable,
  add constraint fk_invoice_notes_invoice_id foreign key (invoice_id) references invoices (id) deferrable,
  add constraint fk_invoice_notes_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_invoice_notes_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table payers
  add constraint fk_payers_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_payers_insurance_company_id foreign key (insurance_company_id) references insurance_companies (id) deferrable,
  add constraint fk_payers_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table payment_plans
  add constraint fk_payment_plans_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_payment_plans_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_payment_plans_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table payment_plan_payments
  add constraint fk_payment_plan_payments_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_payment_plan_payments_payment_plan_id foreign key (payment_plan_id) references payment_plans (id) deferrable,
  add constraint fk_payment_plan_payments_customer_id foreign key (customer_id) references customers (id) deferrable,
  add constraint fk_payment_plan_payments_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table pos_types
  add constraint fk_pos_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_pos_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table provider_numbers
  add constraint fk_provider_numbers_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_provider_numbers_location_id foreign key (location_id) references locations (id) deferrable,
  add constraint fk_provider_numbers_insurance_company_id foreign key (insurance_company_id) references insurance_companies (id) deferrable,
  add constraint fk_provider_numbers_provider_number_type_id foreign key (provider_number_type_id) references provider_number_types (id) deferrable,
  add constraint fk_provider_numbers_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table provider_number_types
  add constraint fk_provider_number_types_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_provider_number_types_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table claim_submitters
  add constraint fk_claim_submitters_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_claim_submitters_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table tax_rates
  add constraint fk_tax_rates_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_tax_rates_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table insurance_companies
  add constraint fk_insurance_companies_insurance_company_type_id foreign key (insurance_company_type_id) references insurance_company_types (id) deferrable,
  add constraint fk_insurance_companies_group_id foreign key (group_id) references insurance_company_groups (id) deferrable,
  add constraint fk_insurance_companies_eligibility_payer_id foreign key (eligibility_payer_id) references eligibility_payers (id) deferrable;

-- System

alter table change_markers
  add constraint fk_change_markers_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_change_markers_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table companies
  add constraint fk_companies_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_companies_pos_type_id foreign key (pos_type_id) references pos_types (id) deferrable,
  add constraint fk_companies_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_companies_tax_rate_id foreign key (tax_rate_id) references tax_rates (id) deferrable,
  add constraint fk_companies_survey_id foreign key (survey_id) references surveys (id) deferrable,
  add constraint fk_companies_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table locations
  add constraint fk_locations_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_locations_invoice_form_id foreign key (invoice_form_id) references invoice_forms (id) deferrable,
  add constraint fk_locations_price_code_id foreign key (price_code_id) references price_codes (id) deferrable,
  add constraint fk_locations_warehouse_id foreign key (warehouse_id) references warehouses (id) deferrable,
  add constraint fk_locations_pos_type_id foreign key (pos_type_id) references pos_types (id) deferrable,
  add constraint fk_locations_tax_rate_id foreign key (tax_rate_id) references tax_rates (id) deferrable,
  add constraint fk_locations_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table permission_objects
  add constraint fk_permission_objects_tenant_id foreign key (tenant_id) references tenants (id) deferrable;

alter table user_permissions
  add constraint fk_user_permissions_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_user_permissions_user_id foreign key (user_id) references users (id) deferrable,
  add constraint fk_user_permissions_permission_object_id foreign key (permission_object_id) references permission_objects (id) deferrable,
  add constraint fk_user_permissions_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table predefined_texts
  add constraint fk_predefined_texts_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_predefined_texts_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table user_sessions
  add constraint fk_user_sessions_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_user_sessions_user_id foreign key (user_id) references users (id) deferrable;

alter table users
  add constraint fk_users_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_users_last_update_user_id foreign key (last_update_user_id) references users (id) deferrable;

alter table user_locations
  add constraint fk_user_locations_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_user_locations_user_id foreign key (user_id) references users (id) deferrable,
  add constraint fk_user_locations_location_id foreign key (location_id) references locations (id) deferrable;

alter table user_notifications
  add constraint fk_user_notifications_tenant_id foreign key (tenant_id) references tenants (id) deferrable,
  add constraint fk_user_notifications_user_id foreign key (user_id) references users (id) deferrable;

alter table company_variables
  add constraint fk_company_variables_tenant_id foreign key (tenant_id) references tenants (id) deferrable;
