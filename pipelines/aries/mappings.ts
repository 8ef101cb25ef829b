import type { Mapping } from '../../core/mapping.ts';
import { authorizationTypes } from '../../transforms/aries/billing/authorization-types.ts';
import { batchPayments } from '../../transforms/aries/billing/batch-payments.ts';
import { billingTypes } from '../../transforms/aries/billing/billing-types.ts';
import { claimSubmitters } from '../../transforms/aries/billing/claim-submitters.ts';
import { cmnForm0102a } from '../../transforms/aries/billing/cmn-form-0102a.ts';
import { cmnForm0102b } from '../../transforms/aries/billing/cmn-form-0102b.ts';
import { cmnForm0203a } from '../../transforms/aries/billing/cmn-form-0203a.ts';
import { cmnForm0203b } from '../../transforms/aries/billing/cmn-form-0203b.ts';
import { cmnForm0302 } from '../../transforms/aries/billing/cmn-form-0302.ts';
import { cmnForm0403b } from '../../transforms/aries/billing/cmn-form-0403b.ts';
import { cmnForm0403c } from '../../transforms/aries/billing/cmn-form-0403c.ts';
import { cmnForm0404b } from '../../transforms/aries/billing/cmn-form-0404b.ts';
import { cmnForm0404c } from '../../transforms/aries/billing/cmn-form-0404c.ts';
import { cmnForm0602b } from '../../transforms/aries/billing/cmn-form-0602b.ts';
import { cmnForm0603b } from '../../transforms/aries/billing/cmn-form-0603b.ts';
import { cmnForm0702a } from '../../transforms/aries/billing/cmn-form-0702a.ts';
import { cmnForm0702b } from '../../transforms/aries/billing/cmn-form-0702b.ts';
import { cmnForm0703a } from '../../transforms/aries/billing/cmn-form-0703a.ts';
import { cmnForm0802 } from '../../transforms/aries/billing/cmn-form-0802.ts';
import { cmnForm0902 } from '../../transforms/aries/billing/cmn-form-0902.ts';
import { cmnForm0903 } from '../../transforms/aries/billing/cmn-form-0903.ts';
import { cmnForm1002a } from '../../transforms/aries/billing/cmn-form-1002a.ts';
import { cmnForm1002b } from '../../transforms/aries/billing/cmn-form-1002b.ts';
import { cmnForm1003 } from '../../transforms/aries/billing/cmn-form-1003.ts';
import { cmnForm4842 } from '../../transforms/aries/billing/cmn-form-4842.ts';
import { cmnForm48403 } from '../../transforms/aries/billing/cmn-form-48403.ts';
import { cmnFormDetails } from '../../transforms/aries/billing/cmn-form-details.ts';
import { cmnFormDrorder } from '../../transforms/aries/billing/cmn-form-drorder.ts';
import { cmnFormUro } from '../../transforms/aries/billing/cmn-form-uro.ts';
import { cmnForms } from '../../transforms/aries/billing/cmn-forms.ts';
import { denialCodes } from '../../transforms/aries/billing/denial-codes.ts';
import { ediBatches } from '../../transforms/aries/billing/edi-batches.ts';
import { ediRegions } from '../../transforms/aries/billing/edi-regions.ts';
import { eligibilityInquiries } from '../../transforms/aries/billing/eligibility-inquiries.ts';
import { eligibilityPayers } from '../../transforms/aries/billing/eligibility-payers.ts';
import { eligibilityRequests } from '../../transforms/aries/billing/eligibility-requests.ts';
import { haoCodes } from '../../transforms/aries/billing/hao-codes.ts';
import { icd9Codes } from '../../transforms/aries/billing/icd9-codes.ts';
import { icd10Codes } from '../../transforms/aries/billing/icd10-codes.ts';
import { insuranceCompanies } from '../../transforms/aries/billing/insurance-companies.ts';
import { insuranceCompanyGroups } from '../../transforms/aries/billing/insurance-company-groups.ts';
import { insuranceCompanyTypes } from '../../transforms/aries/billing/insurance-company-types.ts';
import { insuranceTypes } from '../../transforms/aries/billing/insurance-types.ts';
import { invoiceForms } from '../../transforms/aries/billing/invoice-forms.ts';
import { invoiceItems } from '../../transforms/aries/billing/invoice-items.ts';
import { invoiceNotes } from '../../transforms/aries/billing/invoice-notes.ts';
import { invoiceTransactionTypes } from '../../transforms/aries/billing/invoice-transaction-types.ts';
import { invoiceTransactions } from '../../transforms/aries/billing/invoice-transactions.ts';
import { invoices } from '../../transforms/aries/billing/invoices.ts';
import { payers } from '../../transforms/aries/billing/payers.ts';
import { paymentPlanPayments } from '../../transforms/aries/billing/payment-plan-payments.ts';
import { paymentPlans } from '../../transforms/aries/billing/payment-plans.ts';
import { posTypes } from '../../transforms/aries/billing/pos-types.ts';
import { providerNumberTypes } from '../../transforms/aries/billing/provider-number-types.ts';
import { providerNumbers } from '../../transforms/aries/billing/provider-numbers.ts';
import { taxRates } from '../../transforms/aries/billing/tax-rates.ts';
import { complianceItems } from '../../transforms/aries/customers/compliance-items.ts';
import { complianceNotes } from '../../transforms/aries/customers/compliance-notes.ts';
import { compliancePlans } from '../../transforms/aries/customers/compliance-plans.ts';
import { customerClasses } from '../../transforms/aries/customers/customer-classes.ts';
import { customerInsurances } from '../../transforms/aries/customers/customer-insurances.ts';
import { customerNotes } from '../../transforms/aries/customers/customer-notes.ts';
import { customerTypes } from '../../transforms/aries/customers/customer-types.ts';
import { customers } from '../../transforms/aries/customers/customers.ts';
import { doctorTypes } from '../../transforms/aries/customers/doctor-types.ts';
import { doctors } from '../../transforms/aries/customers/doctors.ts';
import { documents } from '../../transforms/aries/customers/documents.ts';
import { facilities } from '../../transforms/aries/customers/facilities.ts';
import { legalRepresentatives } from '../../transforms/aries/customers/legal-representatives.ts';
import { medicalConditions } from '../../transforms/aries/customers/medical-conditions.ts';
import { referralTypes } from '../../transforms/aries/customers/referral-types.ts';
import { referrals } from '../../transforms/aries/customers/referrals.ts';
import { relationships } from '../../transforms/aries/customers/relationships.ts';
import { signatureTypes } from '../../transforms/aries/customers/signature-types.ts';
import { inventoryItems } from '../../transforms/aries/inventory/inventory-items.ts';
import { inventoryTransactionTypes } from '../../transforms/aries/inventory/inventory-transaction-types.ts';
import { inventoryTransactions } from '../../transforms/aries/inventory/inventory-transactions.ts';
import { kitComponents } from '../../transforms/aries/inventory/kit-components.ts';
import { kits } from '../../transforms/aries/inventory/kits.ts';
import { maintenanceRecords } from '../../transforms/aries/inventory/maintenance-records.ts';
import { manufacturers } from '../../transforms/aries/inventory/manufacturers.ts';
import { priceCodeItems } from '../../transforms/aries/inventory/price-code-items.ts';
import { priceCodes } from '../../transforms/aries/inventory/price-codes.ts';
import { productTypes } from '../../transforms/aries/inventory/product-types.ts';
import { purchaseOrderItems } from '../../transforms/aries/inventory/purchase-order-items.ts';
import { purchaseOrders } from '../../transforms/aries/inventory/purchase-orders.ts';
import { serialNumbers } from '../../transforms/aries/inventory/serial-numbers.ts';
import { serialTransactionTypes } from '../../transforms/aries/inventory/serial-transaction-types.ts';
import { serialTransactions } from '../../transforms/aries/inventory/serial-transactions.ts';
import { stockLevels } from '../../transforms/aries/inventory/stock-levels.ts';
import { vendors } from '../../transforms/aries/inventory/vendors.ts';
import { warehouses } from '../../transforms/aries/inventory/warehouses.ts';
import { orderDepositLines } from '../../transforms/aries/orders/order-deposit-lines.ts';
import { orderDeposits } from '../../transforms/aries/orders/order-deposits.ts';
import { orderDepositsLegacy } from '../../transforms/aries/orders/order-deposits-legacy.ts';
import { orderDetails } from '../../transforms/aries/orders/order-details.ts';
import { orderSurveys } from '../../transforms/aries/orders/order-surveys.ts';
import { orders } from '../../transforms/aries/orders/orders.ts';
import { salesReps } from '../../transforms/aries/orders/sales-reps.ts';
import { shippingMethods } from '../../transforms/aries/orders/shipping-methods.ts';
import { surveys } from '../../transforms/aries/orders/surveys.ts';
import { changeMarkers } from '../../transforms/aries/system/change-markers.ts';
import { companies } from '../../transforms/aries/system/companies.ts';
import { companyVariables } from '../../transforms/aries/system/company-variables.ts';
import { ediCertificates } from '../../transforms/aries/system/edi-certificates.ts';
import { ediCompanies } from '../../transforms/aries/system/edi-companies.ts';
import { ediGlobals } from '../../transforms/aries/system/edi-globals.ts';
import { ediVariables } from '../../transforms/aries/system/edi-variables.ts';
import { locations } from '../../transforms/aries/system/locations.ts';
import { permissionObjects } from '../../transforms/aries/system/permission-objects.ts';
import { predefinedTexts } from '../../transforms/aries/system/predefined-texts.ts';
import { sharedVariables } from '../../transforms/aries/system/shared-variables.ts';
import { userLocations } from '../../transforms/aries/system/user-locations.ts';
import { userNotifications } from '../../transforms/aries/system/user-notifications.ts';
import { userPermissions } from '../../transforms/aries/system/user-permissions.ts';
import { userSessions } from '../../transforms/aries/system/user-sessions.ts';
import { users } from '../../transforms/aries/system/users.ts';
import { zipCodes } from '../../transforms/aries/system/zip-codes.ts';

/** All mappings of the pipeline, in the order of the legacy tables. */
export const mappings: readonly Mapping[] = [
  eligibilityInquiries,
  authorizationTypes,
  batchPayments,
  billingTypes,
  changeMarkers,
  cmnForms,
  cmnForm0102a,
  cmnForm0102b,
  cmnForm0203a,
  cmnForm0203b,
  cmnForm0302,
  cmnForm0403b,
  cmnForm0403c,
  cmnForm0404b,
  cmnForm0404c,
  cmnForm0602b,
  cmnForm0603b,
  cmnForm0702a,
  cmnForm0702b,
  cmnForm0703a,
  cmnForm0802,
  cmnForm0902,
  cmnForm0903,
  cmnForm1002a,
  cmnForm1002b,
  cmnForm1003,
  cmnForm48403,
  cmnForm4842,
  cmnFormDetails,
  cmnFormDrorder,
  cmnFormUro,
  companies,
  compliancePlans,
  complianceItems,
  complianceNotes,
  customers,
  customerInsurances,
  customerNotes,
  customerClasses,
  customerTypes,
  denialCodes,
  orders,
  orderDeposits,
  orderDetails,
  orderDepositLines,
  eligibilityRequests,
  facilities,
  haoCodes,
  documents,
  insuranceTypes,
  stockLevels,
  inventoryTransactions,
  inventoryTransactionTypes,
  inventoryItems,
  invoices,
  invoiceItems,
  invoiceTransactions,
  invoiceTransactionTypes,
  invoiceForms,
  invoiceNotes,
  kits,
  kitComponents,
  legalRepresentatives,
  locations,
  manufacturers,
  medicalConditions,
  permissionObjects,
  orderSurveys,
  orderDepositsLegacy,
  payers,
  paymentPlans,
  paymentPlanPayments,
  userPermissions,
  posTypes,
  predefinedTexts,
  priceCodes,
  priceCodeItems,
  productTypes,
  providerNumbers,
  providerNumberTypes,
  purchaseOrders,
  purchaseOrderItems,
  referrals,
  referralTypes,
  relationships,
  salesReps,
  serialNumbers,
  maintenanceRecords,
  serialTransactions,
  serialTransactionTypes,
  userSessions,
  shippingMethods,
  signatureTypes,
  claimSubmitters,
  surveys,
  taxRates,
  users,
  userLocations,
  userNotifications,
  companyVariables,
  vendors,
  warehouses,
  eligibilityPayers,
  doctors,
  doctorTypes,
  icd10Codes,
  icd9Codes,
  insuranceCompanies,
  insuranceCompanyGroups,
  insuranceCompanyTypes,
  sharedVariables,
  zipCodes,
  ediBatches,
  ediCertificates,
  ediCompanies,
  ediGlobals,
  ediRegions,
  ediVariables,
];
