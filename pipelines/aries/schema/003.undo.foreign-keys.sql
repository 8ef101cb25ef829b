-- The reverse of 003.do.foreign-keys.sql.

alter table compliance_plans
  drop constraint fk_compliance_plans_tenant_id,
  drop constraint fk_compliance_plans_customer_id,
  drop constraint fk_compliance_plans_order_id,
  drop constraint fk_compliance_plans_last_update_user_id;

alter table compliance_items
  drop constraint fk_compliance_items_tenant_id,
  drop constraint fk_compliance_items_compliance_plan_id,
  drop constraint fk_compliance_items_inventory_item_id;

alter table compliance_notes
  drop constraint fk_compliance_notes_tenant_id,
  drop constraint fk_compliance_notes_compliance_plan_id,
  drop constraint fk_compliance_notes_created_by_user_id,
  drop constraint fk_compliance_notes_assigned_to_user_id,
  drop constraint fk_compliance_notes_last_update_user_id;

alter table customers
  drop constraint fk_customers_tenant_id,
  drop constraint fk_customers_billing_type_id,
  drop constraint fk_customers_customer_class_id,
  drop constraint fk_customers_customer_type_id,
  drop constraint fk_customers_location_id,
  drop constraint fk_customers_signature_type_id,
  drop constraint fk_customers_tax_rate_id,
  drop constraint fk_customers_doctor1_id,
  drop constraint fk_customers_doctor2_id,
  drop constraint fk_customers_facility_id,
  drop constraint fk_customers_legal_representative_id,
  drop constraint fk_customers_referral_id,
  drop constraint fk_customers_sales_rep_id,
  drop constraint fk_customers_pos_type_id,
  drop constraint fk_customers_invoice_form_id,
  drop constraint fk_customers_icd9_1_id,
  drop constraint fk_customers_icd9_2_id,
  drop constraint fk_customers_icd9_3_id,
  drop constraint fk_customers_icd9_4_id,
  drop constraint fk_customers_icd10_01_id,
  drop constraint fk_customers_icd10_02_id,
  drop constraint fk_customers_icd10_03_id,
  drop constraint fk_customers_icd10_04_id,
  drop constraint fk_customers_icd10_05_id,
  drop constraint fk_customers_icd10_06_id,
  drop constraint fk_customers_icd10_07_id,
  drop constraint fk_customers_icd10_08_id,
  drop constraint fk_customers_icd10_09_id,
  drop constraint fk_customers_icd10_10_id,
  drop constraint fk_customers_icd10_11_id,
  drop constraint fk_customers_icd10_12_id,
  drop constraint fk_customers_last_update_user_id;

alter table customer_insurances
  drop constraint fk_customer_insurances_tenant_id,
  drop constraint fk_customer_insurances_customer_id,
  drop constraint fk_customer_insurances_insurance_company_id,
  drop constraint fk_customer_insurances_insurance_type_id,
  drop constraint fk_customer_insurances_relationship_id,
  drop constraint fk_customer_insurances_last_update_user_id;

alter table customer_notes
  drop constraint fk_customer_notes_tenant_id,
  drop constraint fk_customer_notes_customer_id,
  drop constraint fk_customer_notes_created_by_user_id,
  drop constraint fk_customer_notes_last_update_user_id;

alter table customer_classes
  drop constraint fk_customer_classes_tenant_id,
  drop constraint fk_customer_classes_last_update_user_id;

alter table customer_types
  drop constraint fk_customer_types_tenant_id,
  drop constraint fk_customer_types_last_update_user_id;

alter table facilities
  drop constraint fk_facilities_tenant_id,
  drop constraint fk_facilities_pos_type_id,
  drop constraint fk_facilities_last_update_user_id;

alter table documents
  drop constraint fk_documents_tenant_id,
  drop constraint fk_documents_customer_id,
  drop constraint fk_documents_order_id,
  drop constraint fk_documents_invoice_id,
  drop constraint fk_documents_doctor_id,
  drop constraint fk_documents_cmn_form_id,
  drop constraint fk_documents_last_update_user_id;

alter table legal_representatives
  drop constraint fk_legal_representatives_tenant_id,
  drop constraint fk_legal_representatives_last_update_user_id;

alter table medical_conditions
  drop constraint fk_medical_conditions_tenant_id,
  drop constraint fk_medical_conditions_last_update_user_id;

alter table referrals
  drop constraint fk_referrals_tenant_id,
  drop constraint fk_referrals_referral_type_id,
  drop constraint fk_referrals_last_update_user_id;

alter table referral_types
  drop constraint fk_referral_types_tenant_id,
  drop constraint fk_referral_types_last_update_user_id;

alter table relationships
  drop constraint fk_relationships_tenant_id;

alter table signature_types
  drop constraint fk_signature_types_tenant_id;

alter table doctors
  drop constraint fk_doctors_doctor_type_id;

alter table orders
  drop constraint fk_orders_tenant_id,
  drop constraint fk_orders_customer_id,
  drop constraint fk_orders_shipping_method_id,
  drop constraint fk_orders_customer_insurance1_id,
  drop constraint fk_orders_customer_insurance2_id,
  drop constraint fk_orders_customer_insurance3_id,
  drop constraint fk_orders_customer_insurance4_id,
  drop constraint fk_orders_doctor_id,
  drop constraint fk_orders_pos_type_id,
  drop constraint fk_orders_facility_id,
  drop constraint fk_orders_referral_id,
  drop constraint fk_orders_sales_rep_id,
  drop constraint fk_orders_location_id,
  drop constraint fk_orders_icd9_1_id,
  drop constraint fk_orders_icd9_2_id,
  drop constraint fk_orders_icd9_3_id,
  drop constraint fk_orders_icd9_4_id,
  drop constraint fk_orders_icd10_01_id,
  drop constraint fk_orders_icd10_02_id,
  drop constraint fk_orders_icd10_03_id,
  drop constraint fk_orders_icd10_04_id,
  drop constraint fk_orders_icd10_05_id,
  drop constraint fk_orders_icd10_06_id,
  drop constraint fk_orders_icd10_07_id,
  drop constraint fk_orders_icd10_08_id,
  drop constraint fk_orders_icd10_09_id,
  drop constraint fk_orders_icd10_10_id,
  drop constraint fk_orders_icd10_11_id,
  drop constraint fk_orders_icd10_12_id,
  drop constraint fk_orders_last_update_user_id;

alter table order_deposits
  drop constraint fk_order_deposits_tenant_id,
  drop constraint fk_order_deposits_customer_id,
  drop constraint fk_order_deposits_order_id,
  drop constraint fk_order_deposits_last_update_user_id,
  drop constraint fk_order_deposits_customer_id_order_id;

alter table order_details
  drop constraint fk_order_details_tenant_id,
  drop constraint fk_order_details_order_id,
  drop constraint fk_order_details_customer_id,
  drop constraint fk_order_details_inventory_item_id,
  drop constraint fk_order_details_price_code_id,
  drop constraint fk_order_details_serial_number_id,
  drop constraint fk_order_details_authorization_type_id,
  drop constraint fk_order_details_next_order_id,
  drop constraint fk_order_details_recurring_order_detail_id,
  drop constraint fk_order_details_cmn_form_id,
  drop constraint fk_order_details_hao_code_id,
  drop constraint fk_order_details_warehouse_id,
  drop constraint fk_order_details_customer_id_next_order_id,
  drop constraint fk_order_details_customer_id_order_id;

alter table order_deposit_lines
  drop constraint fk_order_deposit_lines_tenant_id,
  drop constraint fk_order_deposit_lines_order_detail_id,
  drop constraint fk_order_deposit_lines_order_id,
  drop constraint fk_order_deposit_lines_customer_id,
  drop constraint fk_order_deposit_lines_last_update_user_id,
  drop constraint fk_order_deposit_lines_customer_id_order_id;

alter table order_surveys
  drop constraint fk_order_surveys_tenant_id,
  drop constraint fk_order_surveys_survey_id,
  drop constraint fk_order_surveys_order_id,
  drop constraint fk_order_surveys_last_update_user_id;

alter table order_deposits_legacy
  drop constraint fk_order_deposits_legacy_tenant_id,
  drop constraint fk_order_deposits_legacy_order_detail_id,
  drop constraint fk_order_deposits_legacy_order_id,
  drop constraint fk_order_deposits_legacy_customer_id,
  drop constraint fk_order_deposits_legacy_last_update_user_id,
  drop constraint fk_order_deposits_legacy_customer_id_order_id;

alter table sales_reps
  drop constraint fk_sales_reps_tenant_id,
  drop constraint fk_sales_reps_last_update_user_id;

alter table shipping_methods
  drop constraint fk_shipping_methods_tenant_id,
  drop constraint fk_shipping_methods_last_update_user_id;

alter table surveys
  drop constraint fk_surveys_tenant_id,
  drop constraint fk_surveys_last_update_user_id;

alter table stock_levels
  drop constraint fk_stock_levels_tenant_id,
  drop constraint fk_stock_levels_warehouse_id,
  drop constraint fk_stock_levels_inventory_item_id,
  drop constraint fk_stock_levels_last_update_user_id;

alter table inventory_transactions
  drop constraint fk_inventory_transactions_tenant_id,
  drop constraint fk_inventory_transactions_inventory_item_id,
  drop constraint fk_inventory_transactions_warehouse_id,
  drop constraint fk_inventory_transactions_transaction_type_id,
  drop constraint fk_inventory_transactions_serial_number_id,
  drop constraint fk_inventory_transactions_vendor_id,
  drop constraint fk_inventory_transactions_customer_id,
  drop constraint fk_inventory_transactions_purchase_order_id,
  drop constraint fk_inventory_transactions_purchase_order_item_id,
  drop constraint fk_inventory_transactions_invoice_id,
  drop constraint fk_inventory_transactions_manufacturer_id,
  drop constraint fk_inventory_transactions_order_detail_id,
  drop constraint fk_inventory_transactions_order_id,
  drop constraint fk_inventory_transactions_last_update_user_id;

alter table inventory_transaction_types
  drop constraint fk_inventory_transaction_types_tenant_id;

alter table inventory_items
  drop constraint fk_inventory_items_tenant_id,
  drop constraint fk_inventory_items_vendor_id,
  drop constraint fk_inventory_items_predefined_text_id,
  drop constraint fk_inventory_items_product_type_id,
  drop constraint fk_inventory_items_manufacturer_id,
  drop constraint fk_inventory_items_last_update_user_id;

alter table kits
  drop constraint fk_kits_tenant_id,
  drop constraint fk_kits_last_update_user_id;

alter table kit_components
  drop constraint fk_kit_components_tenant_id,
  drop constraint fk_kit_components_kit_id,
  drop constraint fk_kit_components_warehouse_id,
  drop constraint fk_kit_components_inventory_item_id,
  drop constraint fk_kit_components_price_code_id;

alter table manufacturers
  drop constraint fk_manufacturers_tenant_id,
  drop constraint fk_manufacturers_last_update_user_id;

alter table price_codes
  drop constraint fk_price_codes_tenant_id,
  drop constraint fk_price_codes_last_update_user_id;

alter table price_code_items
  drop constraint fk_price_code_items_tenant_id,
  drop constraint fk_price_code_items_authorization_type_id,
  drop constraint fk_price_code_items_inventory_item_id,
  drop constraint fk_price_code_items_price_code_id,
  drop constraint fk_price_code_items_predefined_text_id,
  drop constraint fk_price_code_items_last_update_user_id;

alter table product_types
  drop constraint fk_product_types_tenant_id,
  drop constraint fk_product_types_last_update_user_id;

alter table purchase_orders
  drop constraint fk_purchase_orders_tenant_id,
  drop constraint fk_purchase_orders_vendor_id,
  drop constraint fk_purchase_orders_tax_rate_id,
  drop constraint fk_purchase_orders_created_by_user_id,
  drop constraint fk_purchase_orders_submitted_by_user_id,
  drop constraint fk_purchase_orders_location_id,
  drop constraint fk_purchase_orders_last_update_user_id;

alter table purchase_order_items
  drop constraint fk_purchase_order_items_tenant_id,
  drop constraint fk_purchase_order_items_inventory_item_id,
  drop constraint fk_purchase_order_items_purchase_order_id,
  drop constraint fk_purchase_order_items_warehouse_id,
  drop constraint fk_purchase_order_items_last_update_user_id;

alter table serial_numbers
  drop constraint fk_serial_numbers_tenant_id,
  drop constraint fk_serial_numbers_current_customer_id,
  drop constraint fk_serial_numbers_inventory_item_id,
  drop constraint fk_serial_numbers_last_customer_id,
  drop constraint fk_serial_numbers_manufacturer_id,
  drop constraint fk_serial_numbers_vendor_id,
  drop constraint fk_serial_numbers_warehouse_id,
  drop constraint fk_serial_numbers_purchase_order_id,
  drop constraint fk_serial_numbers_last_update_user_id;

alter table maintenance_records
  drop constraint fk_maintenance_records_tenant_id,
  drop constraint fk_maintenance_records_serial_number_id,
  drop constraint fk_maintenance_records_last_update_user_id;

alter table serial_transactions
  drop constraint fk_serial_transactions_tenant_id,
  drop constraint fk_serial_transactions_transaction_type_id,
  drop constraint fk_serial_transactions_serial_number_id,
  drop constraint fk_serial_transactions_vendor_id,
  drop constraint fk_serial_transactions_warehouse_id,
  drop constraint fk_serial_transactions_customer_id,
  drop constraint fk_serial_transactions_order_id,
  drop constraint fk_serial_transactions_order_detail_id,
  drop constraint fk_serial_transactions_last_update_user_id;

alter table serial_transaction_types
  drop constraint fk_serial_transaction_types_tenant_id;

alter table vendors
  drop constraint fk_vendors_tenant_id,
  drop constraint fk_vendors_last_update_user_id;

alter table warehouses
  drop constraint fk_warehouses_tenant_id,
  drop constraint fk_warehouses_last_update_user_id;

alter table eligibility_inquiries
  drop constraint fk_eligibility_inquiries_tenant_id,
  drop constraint fk_eligibility_inquiries_customer_id,
  drop constraint fk_eligibility_inquiries_customer_insurance_id;

alter table authorization_types
  drop constraint fk_authorization_types_tenant_id,
  drop constraint fk_authorization_types_last_update_user_id;

alter table batch_payments
  drop constraint fk_batch_payments_tenant_id,
  drop constraint fk_batch_payments_insurance_company_id,
  drop constraint fk_batch_payments_last_update_user_id;

alter table billing_types
  drop constraint fk_billing_types_tenant_id,
  drop constraint fk_billing_types_last_update_user_id;

alter table cmn_forms
  drop constraint fk_cmn_forms_tenant_id,
  drop constraint fk_cmn_forms_customer_id,
  drop constraint fk_cmn_forms_customer_icd9_1_id,
  drop constraint fk_cmn_forms_customer_icd10_1_id,
  drop constraint fk_cmn_forms_customer_icd9_2_id,
  drop constraint fk_cmn_forms_customer_icd10_2_id,
  drop constraint fk_cmn_forms_customer_icd9_3_id,
  drop constraint fk_cmn_forms_customer_icd10_3_id,
  drop constraint fk_cmn_forms_customer_icd9_4_id,
  drop constraint fk_cmn_forms_customer_icd10_4_id,
  drop constraint fk_cmn_forms_doctor_id,
  drop constraint fk_cmn_forms_pos_type_id,
  drop constraint fk_cmn_forms_facility_id,
  drop constraint fk_cmn_forms_order_id,
  drop constraint fk_cmn_forms_last_update_user_id;

alter table cmn_form_0102a
  drop constraint fk_cmn_form_0102a_tenant_id,
  drop constraint fk_cmn_form_0102a_cmn_form_id;

alter table cmn_form_0102b
  drop constraint fk_cmn_form_0102b_tenant_id,
  drop constraint fk_cmn_form_0102b_cmn_form_id;

alter table cmn_form_0203a
  drop constraint fk_cmn_form_0203a_tenant_id,
  drop constraint fk_cmn_form_0203a_cmn_form_id;

alter table cmn_form_0203b
  drop constraint fk_cmn_form_0203b_tenant_id,
  drop constraint fk_cmn_form_0203b_cmn_form_id;

alter table cmn_form_0302
  drop constraint fk_cmn_form_0302_tenant_id,
  drop constraint fk_cmn_form_0302_cmn_form_id;

alter table cmn_form_0403b
  drop constraint fk_cmn_form_0403b_tenant_id,
  drop constraint fk_cmn_form_0403b_cmn_form_id;

alter table cmn_form_0403c
  drop constraint fk_cmn_form_0403c_tenant_id,
  drop constraint fk_cmn_form_0403c_cmn_form_id;

alter table cmn_form_0404b
  drop constraint fk_cmn_form_0404b_tenant_id,
  drop constraint fk_cmn_form_0404b_cmn_form_id;

alter table cmn_form_0404c
  drop constraint fk_cmn_form_0404c_tenant_id,
  drop constraint fk_cmn_form_0404c_cmn_form_id;

alter table cmn_form_0602b
  drop constraint fk_cmn_form_0602b_tenant_id,
  drop constraint fk_cmn_form_0602b_cmn_form_id;

alter table cmn_form_0603b
  drop constraint fk_cmn_form_0603b_tenant_id,
  drop constraint fk_cmn_form_0603b_cmn_form_id;

alter table cmn_form_0702a
  drop constraint fk_cmn_form_0702a_tenant_id,
  drop constraint fk_cmn_form_0702a_cmn_form_id;

alter table cmn_form_0702b
  drop constraint fk_cmn_form_0702b_tenant_id,
  drop constraint fk_cmn_form_0702b_cmn_form_id;

alter table cmn_form_0703a
  drop constraint fk_cmn_form_0703a_tenant_id,
  drop constraint fk_cmn_form_0703a_cmn_form_id;

alter table cmn_form_0802
  drop constraint fk_cmn_form_0802_tenant_id,
  drop constraint fk_cmn_form_0802_cmn_form_id;

alter table cmn_form_0902
  drop constraint fk_cmn_form_0902_tenant_id,
  drop constraint fk_cmn_form_0902_cmn_form_id;

alter table cmn_form_0903
  drop constraint fk_cmn_form_0903_tenant_id,
  drop constraint fk_cmn_form_0903_cmn_form_id;

alter table cmn_form_1002a
  drop constraint fk_cmn_form_1002a_tenant_id,
  drop constraint fk_cmn_form_1002a_cmn_form_id;

alter table cmn_form_1002b
  drop constraint fk_cmn_form_1002b_tenant_id,
  drop constraint fk_cmn_form_1002b_cmn_form_id;

alter table cmn_form_1003
  drop constraint fk_cmn_form_1003_tenant_id,
  drop constraint fk_cmn_form_1003_cmn_form_id;

alter table cmn_form_48403
  drop constraint fk_cmn_form_48403_tenant_id,
  drop constraint fk_cmn_form_48403_cmn_form_id;

alter table cmn_form_4842
  drop constraint fk_cmn_form_4842_tenant_id,
  drop constraint fk_cmn_form_4842_cmn_form_id;

alter table cmn_form_details
  drop constraint fk_cmn_form_details_tenant_id,
  drop constraint fk_cmn_form_details_cmn_form_id,
  drop constraint fk_cmn_form_details_inventory_item_id,
  drop constraint fk_cmn_form_details_predefined_text_id;

alter table cmn_form_drorder
  drop constraint fk_cmn_form_drorder_tenant_id,
  drop constraint fk_cmn_form_drorder_cmn_form_id;

alter table cmn_form_uro
  drop constraint fk_cmn_form_uro_tenant_id,
  drop constraint fk_cmn_form_uro_cmn_form_id;

alter table denial_codes
  drop constraint fk_denial_codes_tenant_id,
  drop constraint fk_denial_codes_last_update_user_id;

alter table eligibility_requests
  drop constraint fk_eligibility_requests_tenant_id,
  drop constraint fk_eligibility_requests_customer_id,
  drop constraint fk_eligibility_requests_customer_insurance_id,
  drop constraint fk_eligibility_requests_request_batch_id,
  drop constraint fk_eligibility_requests_response_batch_id;

alter table hao_codes
  drop constraint fk_hao_codes_tenant_id,
  drop constraint fk_hao_codes_last_update_user_id;

alter table insurance_types
  drop constraint fk_insurance_types_tenant_id,
  drop constraint fk_insurance_types_last_update_user_id;

alter table invoices
  drop constraint fk_invoices_tenant_id,
  drop constraint fk_invoices_customer_id,
  drop constraint fk_invoices_order_id,
  drop constraint fk_invoices_customer_insurance1_id,
  drop constraint fk_invoices_customer_insurance2_id,
  drop constraint fk_invoices_customer_insurance3_id,
  drop constraint fk_invoices_customer_insurance4_id,
  drop constraint fk_invoices_doctor_id,
  drop constraint fk_invoices_pos_type_id,
  drop constraint fk_invoices_tax_rate_id,
  drop constraint fk_invoices_facility_id,
  drop constraint fk_invoices_referral_id,
  drop constraint fk_invoices_sales_rep_id,
  drop constraint fk_invoices_icd9_1_id,
  drop constraint fk_invoices_icd9_2_id,
  drop constraint fk_invoices_icd9_3_id,
  drop constraint fk_invoices_icd9_4_id,
  drop constraint fk_invoices_icd10_01_id,
  drop constraint fk_invoices_icd10_02_id,
  drop constraint fk_invoices_icd10_03_id,
  drop constraint fk_invoices_icd10_04_id,
  drop constraint fk_invoices_icd10_05_id,
  drop constraint fk_invoices_icd10_06_id,
  drop constraint fk_invoices_icd10_07_id,
  drop constraint fk_invoices_icd10_08_id,
  drop constraint fk_invoices_icd10_09_id,
  drop constraint fk_invoices_icd10_10_id,
  drop constraint fk_invoices_icd10_11_id,
  drop constraint fk_invoices_icd10_12_id,
  drop constraint fk_invoices_last_update_user_id,
  drop constraint fk_invoices_customer_id_order_id;

alter table invoice_items
  drop constraint fk_invoice_items_tenant_id,
  drop constraint fk_invoice_items_invoice_id,
  drop constraint fk_invoice_items_customer_id,
  drop constraint fk_invoice_items_inventory_item_id,
  drop constraint fk_invoice_items_price_code_id,
  drop constraint fk_invoice_items_order_id,
  drop constraint fk_invoice_items_order_detail_id,
  drop constraint fk_invoice_items_authorization_type_id,
  drop constraint fk_invoice_items_cmn_form_id,
  drop constraint fk_invoice_items_hao_code_id,
  drop constraint fk_invoice_items_current_insurance_company_id,
  drop constraint fk_invoice_items_current_customer_insurance_id,
  drop constraint fk_invoice_items_customer_id_invoice_id;

alter table invoice_transactions
  drop constraint fk_invoice_transactions_tenant_id,
  drop constraint fk_invoice_transactions_invoice_item_id,
  drop constraint fk_invoice_transactions_invoice_id,
  drop constraint fk_invoice_transactions_customer_id,
  drop constraint fk_invoice_transactions_insurance_company_id,
  drop constraint fk_invoice_transactions_customer_insurance_id,
  drop constraint fk_invoice_transactions_transaction_type_id,
  drop constraint fk_invoice_transactions_last_update_user_id,
  drop constraint fk_invoice_transactions_customer_id_invoice_id_invoice_item_id;

alter table invoice_transaction_types
  drop constraint fk_invoice_transaction_types_tenant_id;

alter table invoice_forms
  drop constraint fk_invoice_forms_tenant_id,
  drop constraint fk_invoice_forms_last_update_user_id;

alter table invoice_notes
  drop constraint fk_invoice_notes_tenant_id,
  drop constraint fk_invoice_notes_invoice_item_id,
  drop constraint fk_invoice_notes_invoice_id,
  drop constraint fk_invoice_notes_customer_id,
  drop constraint fk_invoice_notes_last_update_user_id;

alter table payers
  drop constraint fk_payers_tenant_id,
  drop constraint fk_payers_insurance_company_id,
  drop constraint fk_payers_last_update_user_id;

alter table payment_plans
  drop constraint fk_payment_plans_tenant_id,
  drop constraint fk_payment_plans_customer_id,
  drop constraint fk_payment_plans_last_update_user_id;

alter table payment_plan_payments
  drop constraint fk_payment_plan_payments_tenant_id,
  drop constraint fk_payment_plan_payments_payment_plan_id,
  drop constraint fk_payment_plan_payments_customer_id,
  drop constraint fk_payment_plan_payments_last_update_user_id;

alter table pos_types
  drop constraint fk_pos_types_tenant_id,
  drop constraint fk_pos_types_last_update_user_id;

alter table provider_numbers
  drop constraint fk_provider_numbers_tenant_id,
  drop constraint fk_provider_numbers_location_id,
  drop constraint fk_provider_numbers_insurance_company_id,
  drop constraint fk_provider_numbers_provider_number_type_id,
  drop constraint fk_provider_numbers_last_update_user_id;

alter table provider_number_types
  drop constraint fk_provider_number_types_tenant_id,
  drop constraint fk_provider_number_types_last_update_user_id;

alter table claim_submitters
  drop constraint fk_claim_submitters_tenant_id,
  drop constraint fk_claim_submitters_last_update_user_id;

alter table tax_rates
  drop constraint fk_tax_rates_tenant_id,
  drop constraint fk_tax_rates_last_update_user_id;

alter table insurance_companies
  drop constraint fk_insurance_companies_insurance_company_type_id,
  drop constraint fk_insurance_companies_group_id,
  drop constraint fk_insurance_companies_eligibility_payer_id;

alter table change_markers
  drop constraint fk_change_markers_tenant_id,
  drop constraint fk_change_markers_last_update_user_id;

alter table companies
  drop constraint fk_companies_tenant_id,
  drop constraint fk_companies_pos_type_id,
  drop constraint fk_companies_warehouse_id,
  drop constraint fk_companies_tax_rate_id,
  drop constraint fk_companies_survey_id,
  drop constraint fk_companies_last_update_user_id;

alter table locations
  drop constraint fk_locations_tenant_id,
  drop constraint fk_locations_invoice_form_id,
  drop constraint fk_locations_price_code_id,
  drop constraint fk_locations_warehouse_id,
  drop constraint fk_locations_pos_type_id,
  drop constraint fk_locations_tax_rate_id,
  drop constraint fk_locations_last_update_user_id;

alter table permission_objects
  drop constraint fk_permission_objects_tenant_id;

alter table user_permissions
  drop constraint fk_user_permissions_tenant_id,
  drop constraint fk_user_permissions_user_id,
  drop constraint fk_user_permissions_permission_object_id,
  drop constraint fk_user_permissions_last_update_user_id;

alter table predefined_texts
  drop constraint fk_predefined_texts_tenant_id,
  drop constraint fk_predefined_texts_last_update_user_id;

alter table user_sessions
  drop constraint fk_user_sessions_tenant_id,
  drop constraint fk_user_sessions_user_id;

alter table users
  drop constraint fk_users_tenant_id,
  drop constraint fk_users_last_update_user_id;

alter table user_locations
  drop constraint fk_user_locations_tenant_id,
  drop constraint fk_user_locations_user_id,
  drop constraint fk_user_locations_location_id;

alter table user_notifications
  drop constraint fk_user_notifications_tenant_id,
  drop constraint fk_user_notifications_user_id;

alter table company_variables
  drop constraint fk_company_variables_tenant_id;
