-- Unique keys and indexes: those of the legacy schema, one on every foreign key, and the unique keys that composite
-- foreign keys need. MySQL compares text without regard to case and trailing spaces, so unique texts are folded the same
-- way. A nullable reference is indexed where it is set. A foreign key that is the prefix of another index needs no separate one.

-- Customers

create index ix_compliance_plans_tenant_id on compliance_plans (tenant_id);
create index ix_compliance_plans_customer_id on compliance_plans (customer_id);
create index ix_compliance_plans_order_id on compliance_plans (order_id) where order_id is not null;
create index ix_compliance_plans_last_update_user_id on compliance_plans (last_update_user_id) where last_update_user_id is not null;

create index ix_compliance_items_tenant_id on compliance_items (tenant_id);
create index ix_compliance_items_compliance_plan_id on compliance_items (compliance_plan_id);
create index ix_compliance_items_inventory_item_id on compliance_items (inventory_item_id) where inventory_item_id is not null;

create index ix_compliance_notes_is_done_note_date on compliance_notes (tenant_id, is_done, note_date);
create index ix_compliance_notes_compliance_plan_id on compliance_notes (compliance_plan_id);
create index ix_compliance_notes_created_by_user_id on compliance_notes (created_by_user_id) where created_by_user_id is not null;
create index ix_compliance_notes_assigned_to_user_id on compliance_notes (assigned_to_user_id) where assigned_to_user_id is not null;
create index ix_compliance_notes_last_update_user_id on compliance_notes (last_update_user_id) where last_update_user_id is not null;

create unique index uq_customers_account_number on customers (tenant_id, lower(rtrim(account_number)));
create index ix_customers_name on customers (tenant_id, first_name, last_name, date_of_birth, middle_name);
create index ix_customers_inactive_date on customers (tenant_id, inactive_date);
create index ix_customers_billing_type_id on customers (billing_type_id) where billing_type_id is not null;
create index ix_customers_customer_class_id on customers (customer_class_id) where customer_class_id is not null;
create index ix_customers_customer_type_id on customers (customer_type_id) where customer_type_id is not null;
create index ix_customers_location_id on customers (location_id) where location_id is not null;
create index ix_customers_signature_type_id on customers (signature_type_id) where signature_type_id is not null;
create index ix_customers_tax_rate_id on customers (tax_rate_id) where tax_rate_id is not null;
create index ix_customers_doctor1_id on customers (doctor1_id) where doctor1_id is not null;
create index ix_customers_doctor2_id on customers (doctor2_id) where doctor2_id is not null;
create index ix_customers_facility_id on customers (facility_id) where facility_id is not null;
create index ix_customers_legal_representative_id on customers (legal_representative_id) where legal_representative_id is not null;
create index ix_customers_referral_id on customers (referral_id) where referral_id is not null;
create index ix_customers_sales_rep_id on customers (sales_rep_id) where sales_rep_id is not null;
create index ix_customers_pos_type_id on customers (pos_type_id) where pos_type_id is not null;
create index ix_customers_invoice_form_id on customers (invoice_form_id) where invoice_form_id is not null;
create index ix_customers_icd9_1_id on customers (icd9_1_id) where icd9_1_id is not null;
create index ix_customers_icd9_2_id on customers (icd9_2_id) where icd9_2_id is not null;
create index ix_customers_icd9_3_id on customers (icd9_3_id) where icd9_3_id is not null;
create index ix_customers_icd9_4_id on customers (icd9_4_id) where icd9_4_id is not null;
create index ix_customers_icd10_01_id on customers (icd10_01_id) where icd10_01_id is not null;
create index ix_customers_icd10_02_id on customers (icd10_02_id) where icd10_02_id is not null;
create index ix_customers_icd10_03_id on customers (icd10_03_id) where icd10_03_id is not null;
create index ix_customers_icd10_04_id on customers (icd10_04_id) where icd10_04_id is not null;
create index ix_customers_icd10_05_id on customers (icd10_05_id) where icd10_05_id is not null;
create index ix_customers_icd10_06_id on customers (icd10_06_id) where icd10_06_id is not null;
create index ix_customers_icd10_07_id on customers (icd10_07_id) where icd10_07_id is not null;
create index ix_customers_icd10_08_id on customers (icd10_08_id) where icd10_08_id is not null;
create index ix_customers_icd10_09_id on customers (icd10_09_id) where icd10_09_id is not null;
create index ix_customers_icd10_10_id on customers (icd10_10_id) where icd10_10_id is not null;
create index ix_customers_icd10_11_id on customers (icd10_11_id) where icd10_11_id is not null;
create index ix_customers_icd10_12_id on customers (icd10_12_id) where icd10_12_id is not null;
create index ix_customers_last_update_user_id on customers (last_update_user_id) where last_update_user_id is not null;

create index ix_customer_insurances_tenant_id on customer_insurances (tenant_id);
create index ix_customer_insurances_customer_id on customer_insurances (customer_id);
create index ix_customer_insurances_insurance_company_id on customer_insurances (insurance_company_id) where insurance_company_id is not null;
create index ix_customer_insurances_insurance_type_id on customer_insurances (insurance_type_id) where insurance_type_id is not null;
create index ix_customer_insurances_relationship_id on customer_insurances (relationship_id) where relationship_id is not null;
create index ix_customer_insurances_last_update_user_id on customer_insurances (last_update_user_id) where last_update_user_id is not null;

create index ix_customer_notes_tenant_id on customer_notes (tenant_id);
create index ix_customer_notes_customer_id on customer_notes (customer_id);
create index ix_customer_notes_created_by_user_id on customer_notes (created_by_user_id) where created_by_user_id is not null;
create index ix_customer_notes_last_update_user_id on customer_notes (last_update_user_id) where last_update_user_id is not null;

create unique index uq_customer_classes_code on customer_classes (tenant_id, lower(rtrim(code)));
create index ix_customer_classes_last_update_user_id on customer_classes (last_update_user_id) where last_update_user_id is not null;

create index ix_customer_types_tenant_id on customer_types (tenant_id);
create index ix_customer_types_last_update_user_id on customer_types (last_update_user_id) where last_update_user_id is not null;

create index ix_facilities_tenant_id on facilities (tenant_id);
create index ix_facilities_pos_type_id on facilities (pos_type_id) where pos_type_id is not null;
create index ix_facilities_last_update_user_id on facilities (last_update_user_id) where last_update_user_id is not null;

create index ix_documents_tenant_id on documents (tenant_id);
create index ix_documents_customer_id on documents (customer_id) where customer_id is not null;
create index ix_documents_order_id on documents (order_id) where order_id is not null;
create index ix_documents_invoice_id on documents (invoice_id) where invoice_id is not null;
create index ix_documents_doctor_id on documents (doctor_id) where doctor_id is not null;
create index ix_documents_cmn_form_id on documents (cmn_form_id) where cmn_form_id is not null;
create index ix_documents_last_update_user_id on documents (last_update_user_id) where last_update_user_id is not null;

create index ix_legal_representatives_tenant_id on legal_representatives (tenant_id);
create index ix_legal_representatives_last_update_user_id on legal_representatives (last_update_user_id) where last_update_user_id is not null;

create unique index uq_medical_conditions_code on medical_conditions (tenant_id, lower(rtrim(code)));
create index ix_medical_conditions_last_update_user_id on medical_conditions (last_update_user_id) where last_update_user_id is not null;

create index ix_referrals_tenant_id on referrals (tenant_id);
create index ix_referrals_referral_type_id on referrals (referral_type_id) where referral_type_id is not null;
create index ix_referrals_last_update_user_id on referrals (last_update_user_id) where last_update_user_id is not null;

create index ix_referral_types_tenant_id on referral_types (tenant_id);
create index ix_referral_types_last_update_user_id on referral_types (last_update_user_id) where last_update_user_id is not null;

create unique index uq_relationships_code on relationships (tenant_id, lower(rtrim(code)));

create unique index uq_signature_types_code on signature_types (tenant_id, lower(rtrim(code)));

create index ix_doctors_doctor_type_id on doctors (doctor_type_id) where doctor_type_id is not null;

-- Orders

alter table orders add constraint uq_orders_customer_id_id unique (customer_id, id);
create index ix_orders_tenant_id on orders (tenant_id);
create index ix_orders_shipping_method_id on orders (shipping_method_id) where shipping_method_id is not null;
create index ix_orders_customer_insurance1_id on orders (customer_insurance1_id) where customer_insurance1_id is not null;
create index ix_orders_customer_insurance2_id on orders (customer_insurance2_id) where customer_insurance2_id is not null;
create index ix_orders_customer_insurance3_id on orders (customer_insurance3_id) where customer_insurance3_id is not null;
create index ix_orders_customer_insurance4_id on orders (customer_insurance4_id) where customer_insurance4_id is not null;
create index ix_orders_doctor_id on orders (doctor_id) where doctor_id is not null;
create index ix_orders_pos_type_id on orders (pos_type_id) where pos_type_id is not null;
create index ix_orders_facility_id on orders (facility_id) where facility_id is not null;
create index ix_orders_referral_id on orders (referral_id) where referral_id is not null;
create index ix_orders_sales_rep_id on orders (sales_rep_id) where sales_rep_id is not null;
create index ix_orders_location_id on orders (location_id) where location_id is not null;
create index ix_orders_icd9_1_id on orders (icd9_1_id) where icd9_1_id is not null;
create index ix_orders_icd9_2_id on orders (icd9_2_id) where icd9_2_id is not null;
create index ix_orders_icd9_3_id on orders (icd9_3_id) where icd9_3_id is not null;
create index ix_orders_icd9_4_id on orders (icd9_4_id) where icd9_4_id is not null;
create index ix_orders_icd10_01_id on orders (icd10_01_id) where icd10_01_id is not null;
create index ix_orders_icd10_02_id on orders (icd10_02_id) where icd10_02_id is not null;
create index ix_orders_icd10_03_id on orders (icd10_03_id) where icd10_03_id is not null;
create index ix_orders_icd10_04_id on orders (icd10_04_id) where icd10_04_id is not null;
create index ix_orders_icd10_05_id on orders (icd10_05_id) where icd10_05_id is not null;
create index ix_orders_icd10_06_id on orders (icd10_06_id) where icd10_06_id is not null;
create index ix_orders_icd10_07_id on orders (icd10_07_id) where icd10_07_id is not null;
create index ix_orders_icd10_08_id on orders (icd10_08_id) where icd10_08_id is not null;
create index ix_orders_icd10_09_id on orders (icd10_09_id) where icd10_09_id is not null;
create index ix_orders_icd10_10_id on orders (icd10_10_id) where icd10_10_id is not null;
create index ix_orders_icd10_11_id on orders (icd10_11_id) where icd10_11_id is not null;
create index ix_orders_icd10_12_id on orders (icd10_12_id) where icd10_12_id is not null;
create index ix_orders_last_update_user_id on orders (last_update_user_id) where last_update_user_id is not null;

create index ix_order_deposits_tenant_id on order_deposits (tenant_id);
create index ix_order_deposits_order_id on order_deposits (order_id);
create index ix_order_deposits_last_update_user_id on order_deposits (last_update_user_id) where last_update_user_id is not null;

create index ix_order_details_identity on order_details (customer_id, order_id, id) include (inventory_item_id);
create index ix_order_details_customer_id_next_order_id on order_details (customer_id, next_order_id);
create index ix_order_details_inventory_item_id_serial_number on order_details (inventory_item_id, serial_number);
create index ix_order_details_tenant_id on order_details (tenant_id);
create index ix_order_details_order_id on order_details (order_id);
create index ix_order_details_price_code_id on order_details (price_code_id) where price_code_id is not null;
create index ix_order_details_serial_number_id on order_details (serial_number_id) where serial_number_id is not null;
create index ix_order_details_authorization_type_id on order_details (authorization_type_id) where authorization_type_id is not null;
create index ix_order_details_next_order_id on order_details (next_order_id) where next_order_id is not null;
create index ix_order_details_recurring_order_detail_id on order_details (recurring_order_detail_id) where recurring_order_detail_id is not null;
create index ix_order_details_cmn_form_id on order_details (cmn_form_id) where cmn_form_id is not null;
create index ix_order_details_hao_code_id on order_details (hao_code_id) where hao_code_id is not null;
create index ix_order_details_warehouse_id on order_details (warehouse_id);

create index ix_order_deposit_lines_identity on order_deposit_lines (customer_id, order_id, order_detail_id);
create index ix_order_deposit_lines_tenant_id on order_deposit_lines (tenant_id);
create index ix_order_deposit_lines_order_id on order_deposit_lines (order_id);
create index ix_order_deposit_lines_last_update_user_id on order_deposit_lines (last_update_user_id) where last_update_user_id is not null;

alter table order_surveys add constraint uq_order_surveys_order_id unique (order_id);
create index ix_order_surveys_tenant_id on order_surveys (tenant_id);
create index ix_order_surveys_survey_id on order_surveys (survey_id);
create index ix_order_surveys_last_update_user_id on order_surveys (last_update_user_id) where last_update_user_id is not null;

create index ix_order_deposits_legacy_identity on order_deposits_legacy (customer_id, order_id, order_detail_id);
create index ix_order_deposits_legacy_tenant_id on order_deposits_legacy (tenant_id);
create index ix_order_deposits_legacy_order_id on order_deposits_legacy (order_id);
create index ix_order_deposits_legacy_last_update_user_id on order_deposits_legacy (last_update_user_id) where last_update_user_id is not null;

create index ix_sales_reps_tenant_id on sales_reps (tenant_id);
create index ix_sales_reps_last_update_user_id on sales_reps (last_update_user_id) where last_update_user_id is not null;

create index ix_shipping_methods_tenant_id on shipping_methods (tenant_id);
create index ix_shipping_methods_last_update_user_id on shipping_methods (last_update_user_id) where last_update_user_id is not null;

create index ix_surveys_tenant_id on surveys (tenant_id);
create index ix_surveys_last_update_user_id on surveys (last_update_user_id) where last_update_user_id is not null;

-- Inventory

create index ix_stock_levels_tenant_id on stock_levels (tenant_id);
create index ix_stock_levels_inventory_item_id on stock_levels (inventory_item_id);
create index ix_stock_levels_last_update_user_id on stock_levels (last_update_user_id) where last_update_user_id is not null;

create index ix_inventory_transactions_order on inventory_transactions (transaction_type_id, customer_id, order_id, order_detail_id, inventory_item_id, warehouse_id);
create index ix_inventory_transactions_item on inventory_transactions (transaction_type_id, inventory_item_id, warehouse_id);
create index ix_inventory_transactions_purchase_order on inventory_transactions (transaction_type_id, purchase_order_id, purchase_order_item_id, inventory_item_id, warehouse_id);
create index ix_inventory_transactions_tenant_id on inventory_transactions (tenant_id);
create index ix_inventory_transactions_inventory_item_id on inventory_transactions (inventory_item_id) where inventory_item_id is not null;
create index ix_inventory_transactions_warehouse_id on inventory_transactions (warehouse_id) where warehouse_id is not null;
create index ix_inventory_transactions_serial_number_id on inventory_transactions (serial_number_id) where serial_number_id is not null;
create index ix_inventory_transactions_vendor_id on inventory_transactions (vendor_id) where vendor_id is not null;
create index ix_inventory_transactions_customer_id on inventory_transactions (customer_id) where customer_id is not null;
create index ix_inventory_transactions_purchase_order_id on inventory_transactions (purchase_order_id) where purchase_order_id is not null;
create index ix_inventory_transactions_purchase_order_item_id on inventory_transactions (purchase_order_item_id) where purchase_order_item_id is not null;
create index ix_inventory_transactions_invoice_id on inventory_transactions (invoice_id) where invoice_id is not null;
create index ix_inventory_transactions_manufacturer_id on inventory_transactions (manufacturer_id) where manufacturer_id is not null;
create index ix_inventory_transactions_order_detail_id on inventory_transactions (order_detail_id) where order_detail_id is not null;
create index ix_inventory_transactions_order_id on inventory_transactions (order_id) where order_id is not null;
create index ix_inventory_transactions_last_update_user_id on inventory_transactions (last_update_user_id) where last_update_user_id is not null;

create index ix_inventory_transaction_types_tenant_id on inventory_transaction_types (tenant_id);

create index ix_inventory_items_tenant_id on inventory_items (tenant_id);
create index ix_inventory_items_vendor_id on inventory_items (vendor_id) where vendor_id is not null;
create index ix_inventory_items_predefined_text_id on inventory_items (predefined_text_id) where predefined_text_id is not null;
create index ix_inventory_items_product_type_id on inventory_items (product_type_id) where product_type_id is not null;
create index ix_inventory_items_manufacturer_id on inventory_items (manufacturer_id) where manufacturer_id is not null;
create index ix_inventory_items_last_update_user_id on inventory_items (last_update_user_id) where last_update_user_id is not null;

create index ix_kits_tenant_id on kits (tenant_id);
create index ix_kits_last_update_user_id on kits (last_update_user_id) where last_update_user_id is not null;

create index ix_kit_components_tenant_id on kit_components (tenant_id);
create index ix_kit_components_kit_id on kit_components (kit_id);
create index ix_kit_components_warehouse_id on kit_components (warehouse_id);
create index ix_kit_components_inventory_item_id on kit_components (inventory_item_id);
create index ix_kit_components_price_code_id on kit_components (price_code_id) where price_code_id is not null;

create index ix_manufacturers_tenant_id on manufacturers (tenant_id);
create index ix_manufacturers_last_update_user_id on manufacturers (last_update_user_id) where last_update_user_id is not null;

create index ix_price_codes_tenant_id on price_codes (tenant_id);
create index ix_price_codes_last_update_user_id on price_codes (last_update_user_id) where last_update_user_id is not null;

alter table price_code_items add constraint uq_price_code_items_inventory_item_id_price_code_id unique (inventory_item_id, price_code_id);
create index ix_price_code_items_tenant_id on price_code_items (tenant_id);
create index ix_price_code_items_authorization_type_id on price_code_items (authorization_type_id) where authorization_type_id is not null;
create index ix_price_code_items_price_code_id on price_code_items (price_code_id);
create index ix_price_code_items_predefined_text_id on price_code_items (predefined_text_id) where predefined_text_id is not null;
create index ix_price_code_items_last_update_user_id on price_code_items (last_update_user_id) where last_update_user_id is not null;

create index ix_product_types_tenant_id on product_types (tenant_id);
create index ix_product_types_last_update_user_id on product_types (last_update_user_id) where last_update_user_id is not null;

create index ix_purchase_orders_search on purchase_orders (location_id, id, purchase_order_number, vendor_id, order_date, submitted_date, is_approved);
create index ix_purchase_orders_tenant_id on purchase_orders (tenant_id);
create index ix_purchase_orders_vendor_id on purchase_orders (vendor_id);
create index ix_purchase_orders_tax_rate_id on purchase_orders (tax_rate_id) where tax_rate_id is not null;
create index ix_purchase_orders_created_by_user_id on purchase_orders (created_by_user_id) where created_by_user_id is not null;
create index ix_purchase_orders_submitted_by_user_id on purchase_orders (submitted_by_user_id) where submitted_by_user_id is not null;
create index ix_purchase_orders_last_update_user_id on purchase_orders (last_update_user_id) where last_update_user_id is not null;

create index ix_purchase_order_items_tenant_id on purchase_order_items (tenant_id);
create index ix_purchase_order_items_inventory_item_id on purchase_order_items (inventory_item_id);
create index ix_purchase_order_items_purchase_order_id on purchase_order_items (purchase_order_id) where purchase_order_id is not null;
create index ix_purchase_order_items_warehouse_id on purchase_order_items (warehouse_id) where warehouse_id is not null;
create index ix_purchase_order_items_last_update_user_id on purchase_order_items (last_update_user_id) where last_update_user_id is not null;

create index ix_serial_numbers_inventory_item_id_serial_number on serial_numbers (inventory_item_id, serial_number);
create index ix_serial_numbers_tenant_id on serial_numbers (tenant_id);
create index ix_serial_numbers_current_customer_id on serial_numbers (current_customer_id) where current_customer_id is not null;
create index ix_serial_numbers_last_customer_id on serial_numbers (last_customer_id) where last_customer_id is not null;
create index ix_serial_numbers_manufacturer_id on serial_numbers (manufacturer_id) where manufacturer_id is not null;
create index ix_serial_numbers_vendor_id on serial_numbers (vendor_id) where vendor_id is not null;
create index ix_serial_numbers_warehouse_id on serial_numbers (warehouse_id) where warehouse_id is not null;
create index ix_serial_numbers_purchase_order_id on serial_numbers (purchase_order_id) where purchase_order_id is not null;
create index ix_serial_numbers_last_update_user_id on serial_numbers (last_update_user_id) where last_update_user_id is not null;

create index ix_maintenance_records_tenant_id on maintenance_records (tenant_id);
create index ix_maintenance_records_serial_number_id on maintenance_records (serial_number_id);
create index ix_maintenance_records_last_update_user_id on maintenance_records (last_update_user_id) where last_update_user_id is not null;

create index ix_serial_transactions_tenant_id on serial_transactions (tenant_id);
create index ix_serial_transactions_transaction_type_id on serial_transactions (transaction_type_id) where transaction_type_id is not null;
create index ix_serial_transactions_serial_number_id on serial_transactions (serial_number_id);
create index ix_serial_transactions_vendor_id on serial_transactions (vendor_id) where vendor_id is not null;
create index ix_serial_transactions_warehouse_id on serial_transactions (warehouse_id) where warehouse_id is not null;
create index ix_serial_transactions_customer_id on serial_transactions (customer_id) where customer_id is not null;
create index ix_serial_transactions_order_id on serial_transactions (order_id) where order_id is not null;
create index ix_serial_transactions_order_detail_id on serial_transactions (order_detail_id) where order_detail_id is not null;
create index ix_serial_transactions_last_update_user_id on serial_transactions (last_update_user_id) where last_update_user_id is not null;

create index ix_serial_transaction_types_tenant_id on serial_transaction_types (tenant_id);

create index ix_vendors_tenant_id on vendors (tenant_id);
create index ix_vendors_last_update_user_id on vendors (last_update_user_id) where last_update_user_id is not null;

create index ix_warehouses_tenant_id on warehouses (tenant_id);
create index ix_warehouses_last_update_user_id on warehouses (last_update_user_id) where last_update_user_id is not null;

-- Billing and insurance

create index ix_eligibility_inquiries_tenant_id on eligibility_inquiries (tenant_id);
create index ix_eligibility_inquiries_customer_id on eligibility_inquiries (customer_id);
create index ix_eligibility_inquiries_customer_insurance_id on eligibility_inquiries (customer_insurance_id);

create index ix_authorization_types_tenant_id on authorization_types (tenant_id);
create index ix_authorization_types_last_update_user_id on authorization_types (last_update_user_id) where last_update_user_id is not null;

create index ix_batch_payments_tenant_id on batch_payments (tenant_id);
create index ix_batch_payments_insurance_company_id on batch_payments (insurance_company_id);
create index ix_batch_payments_last_update_user_id on batch_payments (last_update_user_id) where last_update_user_id is not null;

create index ix_billing_types_tenant_id on billing_types (tenant_id);
create index ix_billing_types_last_update_user_id on billing_types (last_update_user_id) where last_update_user_id is not null;

create index ix_cmn_forms_tenant_id on cmn_forms (tenant_id);
create index ix_cmn_forms_customer_id on cmn_forms (customer_id) where customer_id is not null;
create index ix_cmn_forms_customer_icd9_1_id on cmn_forms (customer_icd9_1_id) where customer_icd9_1_id is not null;
create index ix_cmn_forms_customer_icd10_1_id on cmn_forms (customer_icd10_1_id) where customer_icd10_1_id is not null;
create index ix_cmn_forms_customer_icd9_2_id on cmn_forms (customer_icd9_2_id) where customer_icd9_2_id is not null;
create index ix_cmn_forms_customer_icd10_2_id on cmn_forms (customer_icd10_2_id) where customer_icd10_2_id is not null;
create index ix_cmn_forms_customer_icd9_3_id on cmn_forms (customer_icd9_3_id) where customer_icd9_3_id is not null;
create index ix_cmn_forms_customer_icd10_3_id on cmn_forms (customer_icd10_3_id) where customer_icd10_3_id is not null;
create index ix_cmn_forms_customer_icd9_4_id on cmn_forms (customer_icd9_4_id) where customer_icd9_4_id is not null;
create index ix_cmn_forms_customer_icd10_4_id on cmn_forms (customer_icd10_4_id) where customer_icd10_4_id is not null;
create index ix_cmn_forms_doctor_id on cmn_forms (doctor_id) where doctor_id is not null;
create index ix_cmn_forms_pos_type_id on cmn_forms (pos_type_id) where pos_type_id is not null;
create index ix_cmn_forms_facility_id on cmn_forms (facility_id) where facility_id is not null;
create index ix_cmn_forms_order_id on cmn_forms (order_id) where order_id is not null;
create index ix_cmn_forms_last_update_user_id on cmn_forms (last_update_user_id) where last_update_user_id is not null;

create index ix_cmn_form_0102a_tenant_id on cmn_form_0102a (tenant_id);

create index ix_cmn_form_0102b_tenant_id on cmn_form_0102b (tenant_id);

create index ix_cmn_form_0203a_tenant_id on cmn_form_0203a (tenant_id);

create index ix_cmn_form_0203b_tenant_id on cmn_form_0203b (tenant_id);

create index ix_cmn_form_0302_tenant_id on cmn_form_0302 (tenant_id);

create index ix_cmn_form_0403b_tenant_id on cmn_form_0403b (tenant_id);

create index ix_cmn_form_0403c_tenant_id on cmn_form_0403c (tenant_id);

create index ix_cmn_form_0404b_tenant_id on cmn_form_0404b (tenant_id);

create index ix_cmn_form_0404c_tenant_id on cmn_form_0404c (tenant_id);

create index ix_cmn_form_0602b_tenant_id on cmn_form_0602b (tenant_id);

create index ix_cmn_form_0603b_tenant_id on cmn_form_0603b (tenant_id);

create index ix_cmn_form_0702a_tenant_id on cmn_form_0702a (tenant_id);

create index ix_cmn_form_0702b_tenant_id on cmn_form_0702b (tenant_id);

create index ix_cmn_form_0703a_tenant_id on cmn_form_0703a (tenant_id);

create index ix_cmn_form_0802_tenant_id on cmn_form_0802 (tenant_id);

create index ix_cmn_form_0902_tenant_id on cmn_form_0902 (tenant_id);

create index ix_cmn_form_0903_tenant_id on cmn_form_0903 (tenant_id);

create index ix_cmn_form_1002a_tenant_id on cmn_form_1002a (tenant_id);

create index ix_cmn_form_1002b_tenant_id on cmn_form_1002b (tenant_id);

create index ix_cmn_form_1003_tenant_id on cmn_form_1003 (tenant_id);

create index ix_cmn_form_48403_tenant_id on cmn_form_48403 (tenant_id);

create index ix_cmn_form_4842_tenant_id on cmn_form_4842 (tenant_id);

create index ix_cmn_form_details_tenant_id on cmn_form_details (tenant_id);
create index ix_cmn_form_details_cmn_form_id on cmn_form_details (cmn_form_id);
create index ix_cmn_form_details_inventory_item_id on cmn_form_details (inventory_item_id) where inventory_item_id is not null;
create index ix_cmn_form_details_predefined_text_id on cmn_form_details (predefined_text_id) where predefined_text_id is not null;

create index ix_cmn_form_drorder_tenant_id on cmn_form_drorder (tenant_id);

create index ix_cmn_form_uro_tenant_id on cmn_form_uro (tenant_id);

create unique index uq_denial_codes_code on denial_codes (tenant_id, lower(rtrim(code)));
create index ix_denial_codes_last_update_user_id on denial_codes (last_update_user_id) where last_update_user_id is not null;

create index ix_eligibility_requests_tenant_id on eligibility_requests (tenant_id);
create index ix_eligibility_requests_customer_id on eligibility_requests (customer_id);
create index ix_eligibility_requests_customer_insurance_id on eligibility_requests (customer_insurance_id) where customer_insurance_id is not null;
create index ix_eligibility_requests_request_batch_id on eligibility_requests (request_batch_id) where request_batch_id is not null;
create index ix_eligibility_requests_response_batch_id on eligibility_requests (response_batch_id) where response_batch_id is not null;

create unique index uq_hao_codes_code on hao_codes (tenant_id, lower(rtrim(code)));
create index ix_hao_codes_last_update_user_id on hao_codes (last_update_user_id) where last_update_user_id is not null;

create unique index uq_insurance_types_code on insurance_types (tenant_id, lower(rtrim(code)));
create index ix_insurance_types_last_update_user_id on insurance_types (last_update_user_id) where last_update_user_id is not null;

alter table invoices add constraint uq_invoices_customer_id_id unique (customer_id, id);
create index ix_invoices_customer_id_order_id on invoices (customer_id, order_id);
create index ix_invoices_tenant_id on invoices (tenant_id);
create index ix_invoices_order_id on invoices (order_id) where order_id is not null;
create index ix_invoices_customer_insurance1_id on invoices (customer_insurance1_id) where customer_insurance1_id is not null;
create index ix_invoices_customer_insurance2_id on invoices (customer_insurance2_id) where customer_insurance2_id is not null;
create index ix_invoices_customer_insurance3_id on invoices (customer_insurance3_id) where customer_insurance3_id is not null;
create index ix_invoices_customer_insurance4_id on invoices (customer_insurance4_id) where customer_insurance4_id is not null;
create index ix_invoices_doctor_id on invoices (doctor_id) where doctor_id is not null;
create index ix_invoices_pos_type_id on invoices (pos_type_id) where pos_type_id is not null;
create index ix_invoices_tax_rate_id on invoices (tax_rate_id) where tax_rate_id is not null;
create index ix_invoices_facility_id on invoices (facility_id) where facility_id is not null;
create index ix_invoices_referral_id on invoices (referral_id) where referral_id is not null;
create index ix_invoices_sales_rep_id on invoices (sales_rep_id) where sales_rep_id is not null;
create index ix_invoices_icd9_1_id on invoices (icd9_1_id) where icd9_1_id is not null;
create index ix_invoices_icd9_2_id on invoices (icd9_2_id) where icd9_2_id is not null;
create index ix_invoices_icd9_3_id on invoices (icd9_3_id) where icd9_3_id is not null;
create index ix_invoices_icd9_4_id on invoices (icd9_4_id) where icd9_4_id is not null;
create index ix_invoices_icd10_01_id on invoices (icd10_01_id) where icd10_01_id is not null;
create index ix_invoices_icd10_02_id on invoices (icd10_02_id) where icd10_02_id is not null;
create index ix_invoices_icd10_03_id on invoices (icd10_03_id) where icd10_03_id is not null;
create index ix_invoices_icd10_04_id on invoices (icd10_04_id) where icd10_04_id is not null;
create index ix_invoices_icd10_05_id on invoices (icd10_05_id) where icd10_05_id is not null;
create index ix_invoices_icd10_06_id on invoices (icd10_06_id) where icd10_06_id is not null;
create index ix_invoices_icd10_07_id on invoices (icd10_07_id) where icd10_07_id is not null;
create index ix_invoices_icd10_08_id on invoices (icd10_08_id) where icd10_08_id is not null;
create index ix_invoices_icd10_09_id on invoices (icd10_09_id) where icd10_09_id is not null;
create index ix_invoices_icd10_10_id on invoices (icd10_10_id) where icd10_10_id is not null;
create index ix_invoices_icd10_11_id on invoices (icd10_11_id) where icd10_11_id is not null;
create index ix_invoices_icd10_12_id on invoices (icd10_12_id) where icd10_12_id is not null;
create index ix_invoices_last_update_user_id on invoices (last_update_user_id) where last_update_user_id is not null;

alter table invoice_items add constraint uq_invoice_items_customer_id_invoice_id_id unique (customer_id, invoice_id, id);
create index ix_invoice_items_tenant_id on invoice_items (tenant_id);
create index ix_invoice_items_invoice_id on invoice_items (invoice_id);
create index ix_invoice_items_inventory_item_id on invoice_items (inventory_item_id) where inventory_item_id is not null;
create index ix_invoice_items_price_code_id on invoice_items (price_code_id) where price_code_id is not null;
create index ix_invoice_items_order_id on invoice_items (order_id) where order_id is not null;
create index ix_invoice_items_order_detail_id on invoice_items (order_detail_id) where order_detail_id is not null;
create index ix_invoice_items_authorization_type_id on invoice_items (authorization_type_id) where authorization_type_id is not null;
create index ix_invoice_items_cmn_form_id on invoice_items (cmn_form_id) where cmn_form_id is not null;
create index ix_invoice_items_hao_code_id on invoice_items (hao_code_id) where hao_code_id is not null;
create index ix_invoice_items_current_insurance_company_id on invoice_items (current_insurance_company_id) where current_insurance_company_id is not null;
create index ix_invoice_items_current_customer_insurance_id on invoice_items (current_customer_insurance_id) where current_customer_insurance_id is not null;

create index ix_invoice_transactions_identity on invoice_transactions (customer_id, invoice_id, invoice_item_id);
create index ix_invoice_transactions_tenant_id on invoice_transactions (tenant_id);
create index ix_invoice_transactions_invoice_item_id on invoice_transactions (invoice_item_id);
create index ix_invoice_transactions_invoice_id on invoice_transactions (invoice_id);
create index ix_invoice_transactions_insurance_company_id on invoice_transactions (insurance_company_id) where insurance_company_id is not null;
create index ix_invoice_transactions_customer_insurance_id on invoice_transactions (customer_insurance_id) where customer_insurance_id is not null;
create index ix_invoice_transactions_transaction_type_id on invoice_transactions (transaction_type_id) where transaction_type_id is not null;
create index ix_invoice_transactions_last_update_user_id on invoice_transactions (last_update_user_id) where last_update_user_id is not null;

create unique index uq_invoice_transaction_types_name on invoice_transaction_types (tenant_id, lower(rtrim(name)));

create index ix_invoice_forms_tenant_id on invoice_forms (tenant_id);
create index ix_invoice_forms_last_update_user_id on invoice_forms (last_update_user_id) where last_update_user_id is not null;

create index ix_invoice_notes_tenant_id on invoice_notes (tenant_id);
create index ix_invoice_notes_invoice_item_id on invoice_notes (invoice_item_id);
create index ix_invoice_notes_invoice_id on invoice_notes (invoice_id);
create index ix_invoice_notes_customer_id on invoice_notes (customer_id);
create index ix_invoice_notes_last_update_user_id on invoice_notes (last_update_user_id) where last_update_user_id is not null;

create index ix_payers_insurance_company_id on payers (insurance_company_id);
create index ix_payers_last_update_user_id on payers (last_update_user_id) where last_update_user_id is not null;

create index ix_payment_plans_tenant_id on payment_plans (tenant_id);
create index ix_payment_plans_customer_id on payment_plans (customer_id);
create index ix_payment_plans_last_update_user_id on payment_plans (last_update_user_id) where last_update_user_id is not null;

create index ix_payment_plan_payments_tenant_id on payment_plan_payments (tenant_id);
create index ix_payment_plan_payments_payment_plan_id on payment_plan_payments (payment_plan_id);
create index ix_payment_plan_payments_customer_id on payment_plan_payments (customer_id);
create index ix_payment_plan_payments_last_update_user_id on payment_plan_payments (last_update_user_id) where last_update_user_id is not null;

create index ix_pos_types_tenant_id on pos_types (tenant_id);
create index ix_pos_types_last_update_user_id on pos_types (last_update_user_id) where last_update_user_id is not null;

create index ix_provider_numbers_tenant_id on provider_numbers (tenant_id);
create index ix_provider_numbers_location_id on provider_numbers (location_id) where location_id is not null;
create index ix_provider_numbers_insurance_company_id on provider_numbers (insurance_company_id) where insurance_company_id is not null;
create index ix_provider_numbers_provider_number_type_id on provider_numbers (provider_number_type_id) where provider_number_type_id is not null;
create index ix_provider_numbers_last_update_user_id on provider_numbers (last_update_user_id) where last_update_user_id is not null;

create unique index uq_provider_number_types_code on provider_number_types (tenant_id, lower(rtrim(code)));
create index ix_provider_number_types_last_update_user_id on provider_number_types (last_update_user_id) where last_update_user_id is not null;

create index ix_claim_submitters_tenant_id on claim_submitters (tenant_id);
create index ix_claim_submitters_last_update_user_id on claim_submitters (last_update_user_id) where last_update_user_id is not null;

create index ix_tax_rates_tenant_id on tax_rates (tenant_id);
create index ix_tax_rates_last_update_user_id on tax_rates (last_update_user_id) where last_update_user_id is not null;

create unique index uq_eligibility_payers_code on eligibility_payers (lower(rtrim(code)));

create unique index uq_icd10_codes_code on icd10_codes (lower(rtrim(code)));

create unique index uq_icd9_codes_code on icd9_codes (lower(rtrim(code)));

create index ix_insurance_companies_insurance_company_type_id on insurance_companies (insurance_company_type_id) where insurance_company_type_id is not null;
create index ix_insurance_companies_group_id on insurance_companies (group_id) where group_id is not null;
create index ix_insurance_companies_eligibility_payer_id on insurance_companies (eligibility_payer_id) where eligibility_payer_id is not null;

create unique index uq_edi_regions_name on edi_regions (lower(rtrim(name)));

-- System

create unique index uq_change_markers_table_name on change_markers (tenant_id, lower(rtrim(table_name)));
create index ix_change_markers_last_update_user_id on change_markers (last_update_user_id) where last_update_user_id is not null;

create index ix_companies_tenant_id on companies (tenant_id);
create index ix_companies_pos_type_id on companies (pos_type_id) where pos_type_id is not null;
create index ix_companies_warehouse_id on companies (warehouse_id) where warehouse_id is not null;
create index ix_companies_tax_rate_id on companies (tax_rate_id) where tax_rate_id is not null;
create index ix_companies_survey_id on companies (survey_id) where survey_id is not null;
create index ix_companies_last_update_user_id on companies (last_update_user_id) where last_update_user_id is not null;

create index ix_locations_tenant_id on locations (tenant_id);
create index ix_locations_invoice_form_id on locations (invoice_form_id) where invoice_form_id is not null;
create index ix_locations_price_code_id on locations (price_code_id) where price_code_id is not null;
create index ix_locations_warehouse_id on locations (warehouse_id) where warehouse_id is not null;
create index ix_locations_pos_type_id on locations (pos_type_id) where pos_type_id is not null;
create index ix_locations_tax_rate_id on locations (tax_rate_id) where tax_rate_id is not null;
create index ix_locations_last_update_user_id on locations (last_update_user_id) where last_update_user_id is not null;

create index ix_permission_objects_tenant_id on permission_objects (tenant_id);

create index ix_user_permissions_tenant_id on user_permissions (tenant_id);
create index ix_user_permissions_permission_object_id on user_permissions (permission_object_id);
create index ix_user_permissions_last_update_user_id on user_permissions (last_update_user_id) where last_update_user_id is not null;

create index ix_predefined_texts_tenant_id on predefined_texts (tenant_id);
create index ix_predefined_texts_last_update_user_id on predefined_texts (last_update_user_id) where last_update_user_id is not null;

create index ix_user_sessions_tenant_id on user_sessions (tenant_id);
create index ix_user_sessions_user_id on user_sessions (user_id);

create unique index uq_users_login on users (tenant_id, lower(rtrim(login)));
create index ix_users_last_update_user_id on users (last_update_user_id) where last_update_user_id is not null;

alter table user_locations add constraint uq_user_locations_location_id_user_id unique (location_id, user_id);
create index ix_user_locations_tenant_id on user_locations (tenant_id);

create index ix_user_notifications_tenant_id on user_notifications (tenant_id);
create index ix_user_notifications_user_id on user_notifications (user_id);

create unique index uq_company_variables_name on company_variables (tenant_id, lower(rtrim(name)));

create unique index uq_shared_variables_name on shared_variables (lower(rtrim(name)));

create unique index uq_zip_codes_zip on zip_codes (lower(rtrim(zip)));

create unique index uq_edi_certificates_name on edi_certificates (lower(rtrim(name)));

create unique index uq_edi_companies_name on edi_companies (lower(rtrim(name)));

create unique index uq_edi_globals_name on edi_globals (lower(rtrim(name)));

create unique index uq_edi_variables_name on edi_variables (lower(rtrim(name)));
