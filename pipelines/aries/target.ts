// biome-ignore-all format: generated
import type { SchemaContract } from '../../public/index.ts';

/**
 * The tables that `schema/` makes before the load, with the unique keys that it makes later. Generated from them, do not edit:
 * `WAYBILL_UPDATE_CONTRACTS=1 npx vitest run --project servers test/pipelines/target-contracts`
 */
export const target = {
  authorization_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  batch_payments: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', insurance_company_id: 'uuid not null', check_number: 'text not null',
      check_date: 'date', check_amount: 'numeric(18,2) not null', amount_used: 'numeric(18,2) not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  billing_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  change_markers: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', table_name: 'text not null', session_legacy_id: 'integer not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  claim_submitters: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', ecs_format: 'text', name: 'text not null',
      submitter_number: 'text not null', is_production: 'boolean not null', contact_name: 'text not null',
      address1: 'text not null', address2: 'text not null', city: 'text not null', state: 'text not null', zip: 'text not null',
      phone: 'text not null', last_batch_number: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  cmn_form_0102a: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer3: 'text', answer4: 'text',
      answer5: 'text', answer6: 'text', answer7: 'text',
    },
  },
  cmn_form_0102b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer12: 'text', answer13: 'text', answer14: 'text',
      answer15: 'text', answer16: 'text', answer19: 'text', answer20: 'text', answer21_ulcer1_stage: 'text',
      answer21_ulcer1_max_length: 'double precision', answer21_ulcer1_max_width: 'double precision',
      answer21_ulcer2_stage: 'text', answer21_ulcer2_max_length: 'double precision',
      answer21_ulcer2_max_width: 'double precision', answer21_ulcer3_stage: 'text',
      answer21_ulcer3_max_length: 'double precision', answer21_ulcer3_max_width: 'double precision', answer22: 'text',
    },
  },
  cmn_form_0203a: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text', answer3: 'text',
      answer4: 'text', answer5: 'integer', answer6: 'text', answer7: 'text',
    },
  },
  cmn_form_0203b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text', answer3: 'text',
      answer4: 'text', answer5: 'integer', answer8: 'text', answer9: 'text',
    },
  },
  cmn_form_0302: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer12: 'integer', answer14: 'text',
    },
  },
  cmn_form_0403b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text', answer3: 'text',
      answer4: 'text', answer5: 'text',
    },
  },
  cmn_form_0403c: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer6a: 'text', answer6b: 'integer not null',
      answer7a: 'text', answer7b: 'integer not null', answer8: 'text', answer9a: 'text', answer9b: 'integer not null',
      answer10a: 'text', answer10b: 'integer not null', answer10c: 'integer not null', answer11a: 'text',
      answer11b: 'integer not null',
    },
  },
  cmn_form_0404b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text', answer3: 'text',
      answer4: 'text', answer5: 'text',
    },
  },
  cmn_form_0404c: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer6: 'text', answer7a: 'text', answer7b: 'text',
      answer8: 'text', answer9a: 'text', answer9b: 'text', answer10a: 'text', answer10b: 'text', answer10c: 'text',
      answer11: 'text', answer12: 'text',
    },
  },
  cmn_form_0602b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'date', answer3: 'text',
      answer4: 'integer', answer5: 'text', answer6: 'text', answer7: 'text', answer8_begun_on: 'date', answer8_ended_on: 'date',
      answer9: 'date', answer10: 'text', answer11: 'text', answer12: 'text',
    },
  },
  cmn_form_0603b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'integer', answer3: 'text',
      answer4: 'text', answer5: 'text', answer6: 'date',
    },
  },
  cmn_form_0702a: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text', answer3: 'text',
      answer4: 'text', answer5: 'text',
    },
  },
  cmn_form_0702b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer6: 'text', answer7: 'text', answer8: 'text',
      answer12: 'text', answer13: 'text', answer14: 'text',
    },
  },
  cmn_form_0703a: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text', answer3: 'text',
      answer4: 'text', answer5: 'text',
    },
  },
  cmn_form_0802: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1_hcpcs: 'text not null', answer1_mg: 'integer',
      answer1_times: 'integer', answer2_hcpcs: 'text not null', answer2_mg: 'integer', answer2_times: 'integer',
      answer3_hcpcs: 'text not null', answer3_mg: 'integer', answer3_times: 'integer', answer4: 'text', answer5_1: 'text',
      answer5_2: 'text', answer5_3: 'text', answer8: 'text not null', answer9: 'text not null', answer10: 'text not null',
      answer11: 'date', answer12: 'text',
    },
  },
  cmn_form_0902: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text not null',
      answer3: 'text not null', answer4: 'text', answer5: 'text', answer6: 'integer not null', answer7: 'text',
    },
  },
  cmn_form_0903: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1a: 'text', answer1b: 'text', answer1c: 'text',
      answer2a: 'text', answer2b: 'text', answer2c: 'text', answer3: 'text', answer4: 'text',
    },
  },
  cmn_form_1002a: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer3: 'integer',
      concentration_amino_acid: 'double precision', concentration_dextrose: 'double precision',
      concentration_lipids: 'double precision', dose_amino_acid: 'double precision', dose_dextrose: 'double precision',
      dose_lipids: 'double precision', days_per_week_lipids: 'double precision', grams_per_day_amino_acid: 'double precision',
      answer5: 'text',
    },
  },
  cmn_form_1002b: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer7: 'text', answer8: 'text', answer10a: 'text not null',
      answer10b: 'text not null', answer11a: 'text not null', answer11b: 'text not null', answer12: 'integer', answer13: 'text',
      answer14: 'text', answer15: 'text not null',
    },
  },
  cmn_form_1003: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1: 'text', answer2: 'text', answer3a: 'text',
      answer3b: 'text', answer4a: 'integer', answer4b: 'integer', answer5: 'text', answer6: 'integer', answer7: 'text',
      answer8a: 'integer', answer8b: 'integer', answer8c: 'integer', answer8d: 'integer', answer8e: 'integer',
      answer8f: 'integer', answer8g: 'integer', answer8h: 'integer', answer9: 'text',
    },
  },
  cmn_form_48403: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1a: 'integer', answer1b: 'integer', answer1c: 'date',
      answer2: 'text', answer3: 'text', answer4: 'text', answer5: 'text', answer6a: 'integer', answer6b: 'integer',
      answer6c: 'date', answer7: 'text', answer8: 'text', answer9: 'text',
    },
  },
  cmn_form_4842: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', answer1a: 'integer', answer1b: 'integer', answer1c: 'date',
      answer2: 'text', answer3: 'text', physician_address: 'text not null', physician_city: 'text not null',
      physician_state: 'text not null', physician_zip: 'text not null', physician_name: 'text not null', answer5: 'text',
      answer6: 'text', answer7a: 'integer', answer7b: 'integer', answer7c: 'date', answer8: 'text', answer9: 'text',
      answer10: 'text',
    },
  },
  cmn_form_details: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', cmn_form_id: 'uuid', billing_code: 'text', inventory_item_id: 'uuid',
      ordered_quantity: 'double precision not null', ordered_units: 'text', billable_price: 'numeric(18,2) not null',
      allowable_price: 'numeric(18,2) not null', period: 'text', modifier1: 'text not null', modifier2: 'text not null',
      modifier3: 'text not null', modifier4: 'text not null', predefined_text_id: 'uuid',
    },
  },
  cmn_form_drorder: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', prognosis: 'text not null',
      medical_justification: 'text not null',
    },
  },
  cmn_form_uro: {
    key: ['cmn_form_id'],
    columns: {
      tenant_id: 'uuid not null', cmn_form_id: 'uuid not null', prognosis: 'text not null',
    },
  },
  cmn_forms: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', form_type: 'text', initial_date: 'date', revised_date: 'date',
      recertification_date: 'date', customer_id: 'uuid', customer_uses_icd10: 'boolean not null', customer_icd_code_1: 'text',
      customer_icd9_1_id: 'uuid', customer_icd10_1_id: 'uuid', customer_icd_code_2: 'text', customer_icd9_2_id: 'uuid',
      customer_icd10_2_id: 'uuid', customer_icd_code_3: 'text', customer_icd9_3_id: 'uuid', customer_icd10_3_id: 'uuid',
      customer_icd_code_4: 'text', customer_icd9_4_id: 'uuid', customer_icd10_4_id: 'uuid', doctor_id: 'uuid',
      pos_type_id: 'uuid', facility_id: 'uuid', answering_name: 'text not null', answering_title: 'text not null',
      answering_employer: 'text not null', estimated_length_of_need: 'integer not null', signature_name: 'text not null',
      signature_date: 'date', is_on_file: 'boolean not null', order_id: 'uuid', missing_information: 'text[] not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  companies: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', address1: 'text not null', address2: 'text not null',
      bill_customer_copay_upfront: 'boolean not null', city: 'text not null', fax: 'text not null',
      federal_tax_id: 'text not null', taxonomy_code: 'text not null', ein: 'text not null', ssn: 'text not null',
      tax_id_type: 'text', name: 'text not null', is_participating_provider: 'boolean not null', phone: 'text not null',
      phone2: 'text not null', po_authorization_code_required: 'boolean not null', print_prices_on_orders: 'boolean not null',
      picture: 'bytea', pos_type_id: 'uuid', state: 'text not null', generate_blanket_assignments: 'boolean not null',
      generate_capped_rental_letters: 'boolean not null', generate_customer_account_numbers: 'boolean not null',
      generate_delivery_pickup_tickets: 'boolean not null', generate_doctors_order: 'boolean not null',
      generate_hipaa_forms: 'boolean not null', generate_patient_bill_of_rights: 'boolean not null',
      generate_purchase_order_number: 'boolean not null', write_off_difference: 'boolean not null', zip: 'text not null',
      include_location_info: 'boolean not null', contact_name: 'text not null',
      print_company_info_on_invoice: 'boolean not null', print_company_info_on_delivery: 'boolean not null',
      print_company_info_on_pickup: 'boolean not null', show_inactive_customers: 'boolean not null', warehouse_id: 'uuid',
      npi: 'text', tax_rate_id: 'uuid', imaging_server: 'text', zirmed_number: 'text not null',
      reorder_inventory_automatically: 'boolean not null', availity_number: 'text not null',
      show_quantity_on_hand: 'boolean not null', use_icd10_for_new_cmn_rx: 'boolean not null', survey_id: 'uuid',
      ability_integration_settings: 'text not null', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  company_variables: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', value: 'text not null',
    },
  },
  compliance_items: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', compliance_plan_id: 'uuid', inventory_item_id: 'uuid',
    },
  },
  compliance_notes: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', compliance_plan_id: 'uuid', note_date: 'date',
      is_done: 'boolean not null', notes: 'text not null', created_by_user_id: 'uuid', assigned_to_user_id: 'uuid',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  compliance_plans: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', customer_id: 'uuid', order_id: 'uuid', delivery_date: 'date',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  customer_classes: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  customer_insurances: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', address1: 'text not null', address2: 'text not null',
      city: 'text not null', state: 'text not null', zip: 'text not null', basis: 'text', customer_id: 'uuid',
      date_of_birth: 'date', gender: 'text', group_number: 'text not null', inactive_date: 'date', insurance_company_id: 'uuid',
      insurance_type_code: 'text', insurance_type_id: 'uuid', first_name: 'text not null', last_name: 'text not null',
      middle_name: 'text not null', employer: 'text not null', mobile: 'text not null', payment_percent: 'integer',
      phone: 'text not null', policy_number: 'text not null', priority: 'integer', relationship_code: 'text',
      relationship_id: 'uuid', request_eligibility: 'boolean not null', request_eligibility_on: 'date',
      missing_information: 'text[] not null', suffix: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  customer_notes: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', customer_id: 'uuid not null', notes: 'text not null',
      is_active: 'boolean not null', operator_name: 'text', callback_at: 'timestamp without time zone',
      created_by_user_id: 'uuid', created_at: 'timestamp without time zone', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  customer_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  customers: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', account_number: 'text not null', address1: 'text not null',
      address2: 'text not null', billing_type_id: 'uuid', city: 'text not null', courtesy: 'text',
      customer_balance: 'numeric(18,2)', customer_class_code: 'text', customer_class_id: 'uuid', customer_type_id: 'uuid',
      deceased_date: 'date', date_of_birth: 'date', first_name: 'text not null', last_name: 'text not null',
      location_id: 'uuid', middle_name: 'text not null', phone: 'text not null', phone2: 'text not null',
      state: 'text not null', suffix: 'text not null', total_balance: 'numeric(18,2)', zip: 'text not null',
      bill_active: 'boolean not null', bill_address1: 'text not null', bill_address2: 'text not null',
      bill_city: 'text not null', bill_name: 'text not null', bill_state: 'text not null', bill_zip: 'text not null',
      commercial_account: 'boolean', delivery_directions: 'text not null', employment_status: 'text', gender: 'text',
      height: 'double precision', license: 'text not null', marital_status: 'text', military_branch: 'text',
      military_status: 'text', ship_active: 'boolean not null', ship_address1: 'text not null', ship_address2: 'text not null',
      ship_city: 'text not null', ship_name: 'text not null', ship_state: 'text not null', ship_zip: 'text not null',
      ssn: 'text not null', student_status: 'text', weight: 'double precision', basis: 'text',
      has_hcfa_block12: 'boolean not null', has_hcfa_block13: 'boolean not null',
      commercial_account_credit_limit: 'numeric(18,2)', commercial_account_terms: 'text not null',
      copay_amount: 'numeric(18,2)', deductible_amount: 'numeric(18,2)', frequency: 'text', has_hardship: 'boolean not null',
      months_valid: 'integer not null', out_of_pocket_amount: 'numeric(18,2)', signature_on_file_date: 'date',
      signature_type_code: 'text', signature_type_id: 'uuid', tax_rate_id: 'uuid', doctor1_id: 'uuid', doctor2_id: 'uuid',
      emergency_contact: 'text not null', facility_id: 'uuid', legal_representative_id: 'uuid', referral_id: 'uuid',
      sales_rep_id: 'uuid', accident_type: 'text', state_of_accident: 'text not null', date_of_injury: 'date',
      is_emergency: 'boolean not null', is_employment_related: 'boolean not null', first_consult_date: 'date',
      pos_type_id: 'uuid', return_to_work_date: 'date', copay_percent: 'double precision', setup_date: 'date',
      has_hipaa_note: 'boolean not null', has_supplier_standards: 'boolean not null', inactive_date: 'date',
      invoice_form_id: 'uuid', missing_information: 'text[] not null', email: 'text', is_collections: 'boolean not null',
      icd9_code_1: 'text', icd9_1_id: 'uuid', icd9_code_2: 'text', icd9_2_id: 'uuid', icd9_code_3: 'text', icd9_3_id: 'uuid',
      icd9_code_4: 'text', icd9_4_id: 'uuid', icd10_code_01: 'text', icd10_01_id: 'uuid', icd10_code_02: 'text',
      icd10_02_id: 'uuid', icd10_code_03: 'text', icd10_03_id: 'uuid', icd10_code_04: 'text', icd10_04_id: 'uuid',
      icd10_code_05: 'text', icd10_05_id: 'uuid', icd10_code_06: 'text', icd10_06_id: 'uuid', icd10_code_07: 'text',
      icd10_07_id: 'uuid', icd10_code_08: 'text', icd10_08_id: 'uuid', icd10_code_09: 'text', icd10_09_id: 'uuid',
      icd10_code_10: 'text', icd10_10_id: 'uuid', icd10_code_11: 'text', icd10_11_id: 'uuid', icd10_code_12: 'text',
      icd10_12_id: 'uuid', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  denial_codes: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  doctor_types: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', last_update_user_legacy_id: 'smallint',
      last_updated_at: 'timestamp with time zone',
    },
  },
  doctors: {
    key: ['id'],
    columns: {
      id: 'uuid not null', address1: 'text not null', address2: 'text not null', city: 'text not null',
      contact_name: 'text not null', courtesy: 'text', fax: 'text not null', first_name: 'text not null',
      last_name: 'text not null', license_number: 'text not null', license_expiry_date: 'date',
      medicaid_number: 'text not null', middle_name: 'text not null', other_id: 'text not null',
      federal_tax_id: 'text not null', dea_number: 'text not null', phone: 'text not null', phone2: 'text not null',
      state: 'text not null', suffix: 'text not null', title: 'text not null', doctor_type_id: 'uuid',
      upin_number: 'text not null', zip: 'text not null', missing_information: 'text[] not null', npi: 'text',
      pecos_enrolled: 'boolean not null', last_update_user_legacy_id: 'smallint', last_updated_at: 'timestamp with time zone',
    },
  },
  documents: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', type: 'text not null', description: 'text',
      customer_id: 'uuid', order_id: 'uuid', invoice_id: 'uuid', doctor_id: 'uuid', cmn_form_id: 'uuid', thumbnail: 'bytea',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  edi_batches: {
    key: ['id'],
    columns: {
      id: 'uuid not null', region_name: 'text', company_name: 'text', workflow: 'text', file_name: 'text', location: 'text',
      file_type: 'text', status: 'text', created_at: 'timestamp without time zone', status_at: 'timestamp without time zone',
      comment: 'text', data: 'bytea', is_archived: 'boolean',
    },
  },
  edi_certificates: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', description: 'text', data: 'bytea',
    },
  },
  edi_companies: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', odbc_dsn: 'text', server: 'text', port: 'integer', database_name: 'text',
    },
  },
  edi_globals: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', value: 'text',
    },
  },
  edi_regions: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', receiver_id: 'text', receiver_name: 'text', receiver_code: 'text',
      submitter_id: 'text', submitter_name: 'text', submitter_number: 'text', submitter_contact: 'text',
      submitter_phone: 'text', submitter_address1: 'text', submitter_address2: 'text', submitter_city: 'text',
      submitter_state: 'text', submitter_zip: 'text', is_production: 'boolean', login: 'text', phone: 'text',
      has_zip_ability: 'boolean', update_allowable: 'boolean', post_zero_pay: 'boolean', upload_mask: 'text',
      download_mask: 'text',
    },
  },
  edi_variables: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', value: 'text not null',
    },
  },
  eligibility_inquiries: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', customer_id: 'uuid not null', customer_insurance_id: 'uuid not null',
      requested_at: 'timestamp without time zone', request_text: 'text not null', responded_at: 'timestamp without time zone',
      response_text: 'text', submitted_at: 'timestamp without time zone', submission_text: 'text',
    },
  },
  eligibility_payers: {
    key: ['id'],
    columns: {
      id: 'uuid not null', code: 'text not null', name: 'text not null', comments: 'text not null',
      search_options: 'text not null', allows_submission: 'boolean not null',
    },
  },
  eligibility_requests: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', customer_id: 'uuid', customer_insurance_id: 'uuid', region: 'text',
      request_batch_id: 'uuid', requested_at: 'timestamp without time zone', request_text: 'text not null',
      response_batch_id: 'uuid', responded_at: 'timestamp without time zone', response_text: 'text',
      submitted_at: 'timestamp without time zone', submission_text: 'text',
    },
  },
  facilities: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', address1: 'text not null', address2: 'text not null',
      city: 'text not null', contact_name: 'text not null', default_delivery_week: 'text', directions: 'text',
      fax: 'text not null', medicaid_id: 'text not null', medicare_id: 'text not null', name: 'text not null',
      phone: 'text not null', phone2: 'text not null', pos_type_id: 'uuid', state: 'text not null', zip: 'text not null',
      npi: 'text', missing_information: 'text[] not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  hao_codes: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  icd10_codes: {
    key: ['id'],
    columns: {
      id: 'uuid not null', code: 'text not null', description: 'text not null', is_header: 'boolean not null',
      active_date: 'date', inactive_date: 'date', last_update_user_legacy_id: 'smallint',
      last_updated_at: 'timestamp with time zone',
    },
  },
  icd9_codes: {
    key: ['id'],
    columns: {
      id: 'uuid not null', code: 'text not null', description: 'text not null', active_date: 'date', inactive_date: 'date',
      last_update_user_legacy_id: 'smallint', last_updated_at: 'timestamp with time zone',
    },
  },
  insurance_companies: {
    key: ['id'],
    columns: {
      id: 'uuid not null', address1: 'text not null', address2: 'text not null', basis: 'text', city: 'text not null',
      contact_name: 'text not null', ecs_format: 'text', expected_percent: 'double precision', fax: 'text not null',
      name: 'text not null', phone: 'text not null', phone2: 'text not null', price_code_legacy_id: 'integer',
      print_hao_on_invoice: 'boolean', print_inv_on_invoice: 'boolean', state: 'text not null', contact_title: 'text not null',
      insurance_company_type_id: 'uuid', zip: 'text not null', medicare_number: 'text not null',
      office_ally_number: 'text not null', zirmed_number: 'text not null', invoice_form_legacy_id: 'integer',
      medicaid_number: 'text not null', missing_information: 'text[] not null', group_id: 'uuid',
      availity_number: 'text not null', ability_number: 'text not null', eligibility_payer_id: 'uuid',
      last_update_user_legacy_id: 'smallint', last_updated_at: 'timestamp with time zone',
    },
  },
  insurance_company_groups: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', last_update_user_legacy_id: 'smallint',
      last_updated_at: 'timestamp with time zone',
    },
  },
  insurance_company_types: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null',
    },
  },
  insurance_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  inventory_items: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', barcode: 'text not null', barcode_type: 'text not null', basis: 'text',
      commission_paid_when: 'text', vendor_id: 'uuid', is_flat_rate: 'boolean not null', flat_rate_amount: 'numeric(18,2)',
      frequency: 'text', inventory_code: 'text not null', model_number: 'text not null', name: 'text not null',
      is_oxygen_tank: 'boolean not null', is_percentage: 'boolean not null', percentage_amount: 'numeric(18,2) not null',
      predefined_text_id: 'uuid', product_type_id: 'uuid', is_serialized: 'boolean not null', is_service: 'boolean not null',
      is_inactive: 'boolean not null', manufacturer_id: 'uuid', purchase_price: 'numeric(18,2) not null',
      user_field1: 'text not null', user_field2: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  inventory_transaction_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', on_hand: 'integer not null',
      committed: 'integer not null', on_order: 'integer not null', unavailable: 'integer not null', rented: 'integer not null',
      sold: 'integer not null', back_ordered: 'integer not null', adjusted_total_cost: 'integer not null',
    },
  },
  inventory_transactions: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', inventory_item_id: 'uuid', warehouse_id: 'uuid',
      transaction_type_id: 'uuid', transaction_date: 'date', quantity: 'double precision', cost: 'numeric(18,2)',
      description: 'text', serial_number_id: 'uuid', vendor_id: 'uuid', customer_id: 'uuid', purchase_order_id: 'uuid',
      purchase_order_item_id: 'uuid', invoice_id: 'uuid', manufacturer_id: 'uuid', order_detail_id: 'uuid', order_id: 'uuid',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  invoice_forms: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', report_file_name: 'text not null',
      margin_top: 'double precision not null', margin_left: 'double precision not null',
      margin_bottom: 'double precision not null', margin_right: 'double precision not null', special_coding: 'text',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  invoice_items: {
    key: ['id'], unique: [['customer_id', 'invoice_id', 'id']],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', invoice_id: 'uuid not null', customer_id: 'uuid',
      inventory_item_id: 'uuid', price_code_id: 'uuid', order_id: 'uuid', order_detail_id: 'uuid',
      balance: 'numeric(18,2) not null', billable_amount: 'numeric(18,2) not null', allowable_amount: 'numeric(18,2) not null',
      tax_amount: 'numeric(18,2) not null', quantity: 'double precision not null', invoice_date: 'date',
      service_start_date: 'date', service_end_date: 'date', billing_code: 'text', modifier1: 'text not null',
      modifier2: 'text not null', modifier3: 'text not null', modifier4: 'text not null', diagnosis_pointer: 'text',
      billing_month: 'integer not null', send_cmn_rx_with_invoice: 'boolean not null', special_code: 'text',
      review_code: 'text', is_medically_unnecessary: 'boolean not null', authorization_number: 'text',
      authorization_type_id: 'uuid', invoice_notes: 'text', invoice_record: 'text', cmn_form_id: 'uuid', hao_code: 'text',
      hao_code_id: 'uuid', bill_insurance1: 'boolean not null', bill_insurance2: 'boolean not null',
      bill_insurance3: 'boolean not null', bill_insurance4: 'boolean not null', has_hardship: 'boolean not null',
      show_span_dates: 'boolean not null', payment_amount: 'numeric(18,2) not null', write_off_amount: 'numeric(18,2) not null',
      current_payer: 'text', pending_count: 'smallint not null', submit_count: 'smallint not null',
      payment_count: 'smallint not null', submitted_date: 'date', is_submitted: 'boolean not null',
      current_insurance_company_id: 'uuid', current_customer_insurance_id: 'uuid', accepts_assignment: 'boolean not null',
      deductible_amount: 'numeric(18,2) not null', drug_note_field: 'text', drug_control_number: 'text',
      no_pay_insurance1: 'boolean not null', icd10_pointer: 'smallint not null', diagnosis_pointer10: 'text',
      hao_description: 'text',
    },
  },
  invoice_notes: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', invoice_item_id: 'uuid', invoice_id: 'uuid', customer_id: 'uuid',
      callback_date: 'date', is_done: 'boolean not null', notes: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  invoice_transaction_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', balance: 'integer not null',
      allowable: 'integer not null', amount: 'integer not null', taxes: 'integer not null',
    },
  },
  invoice_transactions: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', invoice_item_id: 'uuid not null', invoice_id: 'uuid not null',
      customer_id: 'uuid', insurance_company_id: 'uuid', customer_insurance_id: 'uuid', transaction_type_id: 'uuid',
      transaction_date: 'date', amount: 'numeric(18,2) not null', quantity: 'double precision not null',
      tax_amount: 'numeric(18,2) not null', batch_number: 'text not null', comments: 'text', extra: 'text',
      is_approved: 'boolean not null', deductible_amount: 'numeric(18,2) not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  invoices: {
    key: ['id'], unique: [['customer_id', 'id']],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', customer_id: 'uuid', order_id: 'uuid', is_approved: 'boolean not null',
      invoice_date: 'date', invoice_balance: 'numeric(18,2) not null', submitted_to: 'text', submitted_by: 'text',
      submitted_date: 'date', submitted_batch: 'text', customer_insurance1_id: 'uuid', customer_insurance2_id: 'uuid',
      customer_insurance3_id: 'uuid', customer_insurance4_id: 'uuid', doctor_id: 'uuid', pos_type_id: 'uuid',
      tax_rate_id: 'uuid', tax_rate_percent: 'double precision', discount_amount: 'numeric(18,2)',
      accepts_assignment: 'boolean not null', claim_note: 'text', facility_id: 'uuid', referral_id: 'uuid',
      sales_rep_id: 'uuid', is_archived: 'boolean not null', icd9_code_1: 'text', icd9_1_id: 'uuid', icd9_code_2: 'text',
      icd9_2_id: 'uuid', icd9_code_3: 'text', icd9_3_id: 'uuid', icd9_code_4: 'text', icd9_4_id: 'uuid', icd10_code_01: 'text',
      icd10_01_id: 'uuid', icd10_code_02: 'text', icd10_02_id: 'uuid', icd10_code_03: 'text', icd10_03_id: 'uuid',
      icd10_code_04: 'text', icd10_04_id: 'uuid', icd10_code_05: 'text', icd10_05_id: 'uuid', icd10_code_06: 'text',
      icd10_06_id: 'uuid', icd10_code_07: 'text', icd10_07_id: 'uuid', icd10_code_08: 'text', icd10_08_id: 'uuid',
      icd10_code_09: 'text', icd10_09_id: 'uuid', icd10_code_10: 'text', icd10_10_id: 'uuid', icd10_code_11: 'text',
      icd10_11_id: 'uuid', icd10_code_12: 'text', icd10_12_id: 'uuid', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  kit_components: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', kit_id: 'uuid not null', warehouse_id: 'uuid not null',
      inventory_item_id: 'uuid not null', price_code_id: 'uuid', quantity: 'integer not null',
    },
  },
  kits: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  legal_representatives: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', address1: 'text not null', address2: 'text not null',
      city: 'text not null', courtesy: 'text', first_name: 'text not null', office_phone: 'text not null',
      last_name: 'text not null', middle_name: 'text not null', mobile: 'text not null', pager: 'text not null',
      state: 'text not null', suffix: 'text not null', zip: 'text not null', firm_name: 'text', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  locations: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', contact_name: 'text not null', name: 'text not null',
      code: 'text not null', city: 'text not null', address1: 'text not null', address2: 'text not null',
      state: 'text not null', zip: 'text not null', fax: 'text not null', federal_tax_id: 'text not null', tax_id_type: 'text',
      phone: 'text not null', phone2: 'text not null', print_info_on_delivery_pickup_ticket: 'boolean',
      print_info_on_invoice_account_statements: 'boolean', print_info_on_participating_provider: 'boolean', npi: 'text',
      invoice_form_id: 'uuid', price_code_id: 'uuid', is_participating_provider: 'boolean', email: 'text', warehouse_id: 'uuid',
      pos_type_id: 'uuid', tax_rate_id: 'uuid', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  maintenance_records: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', serial_number_id: 'uuid not null', additional_equipment: 'text',
      description_of_problem: 'text', description_of_work: 'text', maintenance_record: 'text', labor_hours: 'text',
      technician: 'text', maintenance_due_date: 'date', maintenance_cost: 'numeric(18,2) not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  manufacturers: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', account_number: 'text not null', address1: 'text not null',
      address2: 'text not null', city: 'text not null', contact_name: 'text not null', fax: 'text not null',
      name: 'text not null', phone: 'text not null', phone2: 'text not null', state: 'text not null', zip: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  medical_conditions: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  order_deposit_lines: {
    key: ['order_detail_id'],
    columns: {
      tenant_id: 'uuid not null', order_detail_id: 'uuid not null', order_id: 'uuid not null', customer_id: 'uuid not null',
      amount: 'numeric(18,2) not null', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  order_deposits: {
    key: ['customer_id', 'order_id'],
    columns: {
      tenant_id: 'uuid not null', customer_id: 'uuid not null', order_id: 'uuid not null', amount: 'numeric(18,2) not null',
      deposit_date: 'date', payment_method: 'text', notes: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  order_deposits_legacy: {
    key: ['order_detail_id'],
    columns: {
      tenant_id: 'uuid not null', order_detail_id: 'uuid not null', order_id: 'uuid not null', customer_id: 'uuid not null',
      amount: 'numeric(18,2) not null', deposit_date: 'date', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  order_details: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', order_id: 'uuid not null', customer_id: 'uuid', serial_number: 'text',
      inventory_item_id: 'uuid', price_code_id: 'uuid', sale_rent_type: 'text', serial_number_id: 'uuid',
      billable_price: 'numeric(18,2) not null', allowable_price: 'numeric(18,2) not null', is_taxable: 'boolean not null',
      is_flat_rate: 'boolean not null', service_start_date: 'date', service_end_date: 'date', pickup_date: 'date',
      show_span_dates: 'boolean not null', ordered_quantity: 'double precision not null', ordered_units: 'text',
      ordered_when: 'text', ordered_converter: 'double precision not null', billed_quantity: 'double precision not null',
      billed_units: 'text', billed_when: 'text', billed_converter: 'double precision not null',
      delivery_quantity: 'double precision not null', delivery_units: 'text', delivery_converter: 'double precision not null',
      billing_code: 'text', modifier1: 'text not null', modifier2: 'text not null', modifier3: 'text not null',
      modifier4: 'text not null', diagnosis_pointer: 'text', billing_month: 'integer not null', bill_item_on: 'text',
      authorization_number: 'text', authorization_type_id: 'uuid', reason_for_pickup: 'text',
      send_cmn_rx_with_invoice: 'boolean not null', is_medically_unnecessary: 'boolean not null', is_sale: 'boolean not null',
      special_code: 'text', review_code: 'text', next_order_id: 'uuid', recurring_order_detail_id: 'uuid', cmn_form_id: 'uuid',
      hao_code: 'text', hao_code_id: 'uuid', status: 'text', bill_insurance1: 'boolean not null',
      bill_insurance2: 'boolean not null', bill_insurance3: 'boolean not null', bill_insurance4: 'boolean not null',
      end_date: 'date', missing_information: 'text[] not null', next_billing_date: 'date', warehouse_id: 'uuid not null',
      accepts_assignment: 'boolean not null', drug_note_field: 'text', drug_control_number: 'text',
      no_pay_insurance1: 'boolean not null', icd10_pointer: 'smallint not null', diagnosis_pointer10: 'text',
      missing_order_information: 'text[] not null', hao_description: 'text', user_field1: 'text not null',
      user_field2: 'text not null', authorization_expiration_date: 'date',
    },
  },
  order_surveys: {
    key: ['id'], unique: [['order_id']],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', survey_id: 'uuid not null', order_id: 'uuid not null',
      form: 'text not null', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  orders: {
    key: ['id'], unique: [['customer_id', 'id']],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', customer_id: 'uuid', is_approved: 'boolean not null',
      is_retail_sale: 'boolean not null', order_date: 'date', delivery_date: 'date', bill_date: 'date', end_date: 'date',
      shipping_method_id: 'uuid', special_instructions: 'text', ticket_message: 'text', customer_insurance1_id: 'uuid',
      customer_insurance2_id: 'uuid', customer_insurance3_id: 'uuid', customer_insurance4_id: 'uuid', doctor_id: 'uuid',
      pos_type_id: 'uuid', taken_by: 'text', discount_amount: 'numeric(18,2)', sale_type: 'text', status: 'text',
      missing_information: 'text[] not null', accepts_assignment: 'boolean not null', claim_note: 'text', facility_id: 'uuid',
      referral_id: 'uuid', sales_rep_id: 'uuid', location_id: 'uuid', is_archived: 'boolean not null',
      taken_at: 'timestamp without time zone', user_field1: 'text not null', user_field2: 'text not null', icd9_code_1: 'text',
      icd9_1_id: 'uuid', icd9_code_2: 'text', icd9_2_id: 'uuid', icd9_code_3: 'text', icd9_3_id: 'uuid', icd9_code_4: 'text',
      icd9_4_id: 'uuid', icd10_code_01: 'text', icd10_01_id: 'uuid', icd10_code_02: 'text', icd10_02_id: 'uuid',
      icd10_code_03: 'text', icd10_03_id: 'uuid', icd10_code_04: 'text', icd10_04_id: 'uuid', icd10_code_05: 'text',
      icd10_05_id: 'uuid', icd10_code_06: 'text', icd10_06_id: 'uuid', icd10_code_07: 'text', icd10_07_id: 'uuid',
      icd10_code_08: 'text', icd10_08_id: 'uuid', icd10_code_09: 'text', icd10_09_id: 'uuid', icd10_code_10: 'text',
      icd10_10_id: 'uuid', icd10_code_11: 'text', icd10_11_id: 'uuid', icd10_code_12: 'text', icd10_12_id: 'uuid',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  payers: {
    key: ['tenant_id', 'insurance_company_id'],
    columns: {
      tenant_id: 'uuid not null', insurance_company_id: 'uuid not null', is_participating_provider: 'boolean not null',
      extract_ordering_physician: 'boolean not null', extract_referring_physician: 'boolean not null',
      extract_rendering_provider: 'boolean not null', taxonomy_code_prefix: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  payment_plan_payments: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', payment_plan_id: 'uuid not null', customer_id: 'uuid not null',
      installment_number: 'integer not null', due_date: 'date', due_amount: 'numeric(18,2) not null', payment_date: 'date',
      payment_amount: 'numeric(18,2) not null', details: 'text', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  payment_plans: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', customer_id: 'uuid not null', period: 'text', first_payment_date: 'date',
      payment_count: 'integer not null', payment_amount: 'numeric(18,2) not null', details: 'text', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  permission_objects: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', description: 'text not null', name: 'text not null',
    },
  },
  pos_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  predefined_texts: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', type: 'text', body: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  price_code_items: {
    key: ['id'], unique: [['inventory_item_id', 'price_code_id']],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', accepts_assignment: 'boolean not null',
      ordered_quantity: 'double precision not null', ordered_units: 'text', ordered_when: 'text',
      ordered_converter: 'double precision not null', billed_units: 'text', billed_when: 'text',
      billed_converter: 'double precision not null', delivery_units: 'text', delivery_converter: 'double precision not null',
      billing_code: 'text', bill_item_on: 'text', default_cmn_type: 'text', default_order_type: 'text',
      authorization_type_id: 'uuid', is_flat_rate: 'boolean not null', inventory_item_id: 'uuid', modifier1: 'text not null',
      modifier2: 'text not null', modifier3: 'text not null', modifier4: 'text not null', price_code_id: 'uuid',
      predefined_text_id: 'uuid', rent_allowable_price: 'numeric(18,2) not null', rent_billable_price: 'numeric(18,2) not null',
      sale_allowable_price: 'numeric(18,2) not null', sale_billable_price: 'numeric(18,2) not null', rental_type: 'text',
      is_recurring_sale: 'boolean not null', show_span_dates: 'boolean not null', is_taxable: 'boolean not null',
      bill_insurance: 'boolean not null', drug_note_field: 'text', drug_control_number: 'text', user_field1: 'text not null',
      user_field2: 'text not null', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  price_codes: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  product_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  provider_number_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  provider_numbers: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', location_id: 'uuid', insurance_company_id: 'uuid',
      provider_number: 'text not null', provider_number_type_code: 'text not null', provider_number_type_id: 'uuid',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  purchase_order_items: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', quantity_back_ordered: 'integer not null',
      quantity_ordered: 'integer not null', quantity_received: 'integer not null', price: 'numeric(18,2) not null',
      customer_name: 'text', promised_date: 'date', received_date: 'date', is_drop_shipped_to_customer: 'boolean not null',
      inventory_item_id: 'uuid not null', purchase_order_id: 'uuid', warehouse_id: 'uuid', vendor_stock_number: 'text',
      reference_number: 'text', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  purchase_orders: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', is_approved: 'boolean not null', cost: 'numeric(18,2) not null',
      freight: 'numeric(18,2) not null', tax: 'numeric(18,2) not null', total_due: 'numeric(18,2) not null',
      vendor_id: 'uuid not null', ship_to_name: 'text not null', ship_to_address1: 'text not null',
      ship_to_address2: 'text not null', ship_to_city: 'text not null', ship_to_state: 'text not null',
      ship_to_zip: 'text not null', ship_to_phone: 'text not null', order_date: 'date', company_name: 'text not null',
      company_address1: 'text not null', company_address2: 'text not null', company_city: 'text not null',
      company_state: 'text not null', company_zip: 'text not null', ship_via: 'text', fob: 'text', vendor_sales_rep: 'text',
      terms: 'text', company_phone: 'text', tax_rate_id: 'uuid', is_recurring: 'boolean not null', created_date: 'date',
      created_by_user_id: 'uuid', submitted_date: 'date', submitted_by_user_id: 'uuid', location_id: 'uuid',
      purchase_order_number: 'text not null', is_archived: 'boolean not null', confirmation_number: 'text',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  referral_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  referrals: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', address1: 'text not null', address2: 'text not null',
      city: 'text not null', courtesy: 'text', employer: 'text not null', fax: 'text not null', first_name: 'text not null',
      home_phone: 'text not null', last_name: 'text not null', middle_name: 'text not null', mobile: 'text not null',
      referral_type_id: 'uuid', state: 'text not null', suffix: 'text not null', work_phone: 'text not null',
      zip: 'text not null', last_contacted_on: 'date', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  relationships: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
    },
  },
  sales_reps: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', address1: 'text not null', address2: 'text not null',
      city: 'text not null', courtesy: 'text', first_name: 'text not null', home_phone: 'text not null',
      last_name: 'text not null', middle_name: 'text not null', mobile: 'text not null', pager: 'text not null',
      state: 'text not null', suffix: 'text not null', zip: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  serial_numbers: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', current_customer_id: 'uuid', inventory_item_id: 'uuid',
      last_customer_id: 'uuid', manufacturer_id: 'uuid', vendor_id: 'uuid', warehouse_id: 'uuid',
      length_of_warranty: 'text not null', lot_number: 'text not null', maintenance_record: 'text not null',
      manufacturer_serial_number: 'text not null', model_number: 'text not null', months_rented: 'text not null',
      next_maintenance_date: 'date', purchase_order_id: 'uuid', purchase_amount: 'numeric(18,2) not null',
      purchase_date: 'date', serial_number: 'text not null', sold_date: 'date', status: 'text', warranty: 'text not null',
      own_or_rent: 'text', first_rented_on: 'date', salvage_value: 'numeric(18,2)', sale_price: 'numeric(18,2)',
      consignment_type: 'text', consignment_name: 'text', consigned_at: 'timestamp without time zone',
      vendor_stock_number: 'text', lot_number_expires_at: 'timestamp without time zone', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  serial_transaction_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null',
    },
  },
  serial_transactions: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', transaction_type_id: 'uuid', serial_number_id: 'uuid',
      transacted_at: 'timestamp without time zone', vendor_id: 'uuid', warehouse_id: 'uuid', customer_id: 'uuid',
      order_id: 'uuid', order_detail_id: 'uuid', lot_number: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  shared_variables: {
    key: ['id'],
    columns: {
      id: 'uuid not null', name: 'text not null', value: 'text not null',
    },
  },
  shipping_methods: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', type: 'text', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  signature_types: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', code: 'text not null', description: 'text not null',
    },
  },
  stock_levels: {
    key: ['warehouse_id', 'inventory_item_id'],
    columns: {
      tenant_id: 'uuid not null', warehouse_id: 'uuid not null', inventory_item_id: 'uuid not null',
      quantity_on_hand: 'double precision not null', quantity_committed: 'double precision not null',
      quantity_on_order: 'double precision not null', quantity_unavailable: 'double precision not null',
      quantity_rented: 'double precision not null', quantity_sold: 'double precision not null',
      quantity_back_ordered: 'double precision not null', reorder_point: 'double precision not null',
      cost_per_unit: 'numeric(18,2) not null', total_cost: 'numeric(18,2) not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  surveys: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', name: 'text not null', description: 'text not null',
      template: 'text not null', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  tax_rates: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', city_tax: 'double precision', county_tax: 'double precision',
      name: 'text not null', other_tax: 'double precision', state_tax: 'double precision', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  tenants: {
    key: ['id'], unique: [['name']],
    columns: {
      id: 'uuid not null', name: 'text not null',
    },
  },
  user_locations: {
    key: ['user_id', 'location_id'], unique: [['location_id', 'user_id']],
    columns: {
      tenant_id: 'uuid not null', user_id: 'uuid not null', location_id: 'uuid not null',
    },
  },
  user_notifications: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', type: 'text not null', arguments: 'text not null',
      user_id: 'uuid not null', notified_at: 'timestamp with time zone',
    },
  },
  user_permissions: {
    key: ['user_id', 'permission_object_id'],
    columns: {
      tenant_id: 'uuid not null', user_id: 'uuid not null', permission_object_id: 'uuid not null',
      can_add_edit: 'boolean not null', can_delete: 'boolean not null', can_process: 'boolean not null',
      can_view: 'boolean not null', last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  user_sessions: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', user_id: 'uuid not null', logged_in_at: 'timestamp without time zone',
      last_updated_at: 'timestamp without time zone',
    },
  },
  users: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', login: 'text not null', email: 'text not null',
      last_update_user_id: 'uuid', last_updated_at: 'timestamp with time zone',
    },
  },
  vendors: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', account_number: 'text not null', address1: 'text not null',
      address2: 'text not null', city: 'text not null', contact_name: 'text not null', fax: 'text not null',
      name: 'text not null', phone: 'text not null', phone2: 'text not null', state: 'text not null', zip: 'text not null',
      comments: 'text', fob_delivery: 'text', terms: 'text', ship_via: 'text', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  warehouses: {
    key: ['id'],
    columns: {
      tenant_id: 'uuid not null', id: 'uuid not null', address1: 'text not null', address2: 'text not null',
      city: 'text not null', contact_name: 'text not null', fax: 'text not null', name: 'text not null', phone: 'text not null',
      phone2: 'text not null', state: 'text not null', zip: 'text not null', last_update_user_id: 'uuid',
      last_updated_at: 'timestamp with time zone',
    },
  },
  zip_codes: {
    key: ['id'],
    columns: {
      id: 'uuid not null', zip: 'text not null', state: 'text not null', city: 'text not null',
    },
  },
} as const satisfies SchemaContract;
