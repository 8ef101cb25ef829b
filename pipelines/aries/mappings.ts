import type { Mapping } from '../../public/index.ts';
import { cmnForm0102a } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0102a.ts';
import { cmnForm0102b } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0102b.ts';
import { cmnForm0203a } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0203a.ts';
import { cmnForm0203b } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0203b.ts';
import { cmnForm0302 } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0302.ts';
import { cmnForm0403b } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0403b.ts';
import { cmnForm0403c } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0403c.ts';
import { cmnForm0404b } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0404b.ts';
import { cmnForm0404c } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0404c.ts';
import { cmnForm0602b } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0602b.ts';
import { cmnForm0603b } from '../../transforms/aries/billing/cmn-forms/01-to-06/cmn-form-0603b.ts';
import { cmnForm0702a } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-0702a.ts';
import { cmnForm0702b } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-0702b.ts';
import { cmnForm0703a } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-0703a.ts';
import { cmnForm0802 } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-0802.ts';
import { cmnForm0902 } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-0902.ts';
import { cmnForm0903 } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-0903.ts';
import { cmnForm1002a } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-1002a.ts';
import { cmnForm1002b } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-1002b.ts';
import { cmnForm1003 } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-1003.ts';
import { cmnForm4842 } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-4842.ts';
import { cmnForm48403 } from '../../transforms/aries/billing/cmn-forms/07-to-48/cmn-form-48403.ts';
import { cmnFormDetails } from '../../transforms/aries/billing/cmn-forms/cmn-form-details.ts';
import { cmnFormDrorder } from '../../transforms/aries/billing/cmn-forms/cmn-form-drorder.ts';
import { cmnFormUro } from '../../transforms/aries/billing/cmn-forms/cmn-form-uro.ts';
import { cmnForms } from '../../transforms/aries/billing/cmn-forms/cmn-forms.ts';
import { billingTypes } from '../../transforms/aries/billing/codes/billing-types.ts';
import { denialCodes } from '../../transforms/aries/billing/codes/denial-codes.ts';
import { haoCodes } from '../../transforms/aries/billing/codes/hao-codes.ts';
import { icd9Codes } from '../../transforms/aries/billing/codes/icd9-codes.ts';
import { icd10Codes } from '../../transforms/aries/billing/codes/icd10-codes.ts';
import { posTypes } from '../../transforms/aries/billing/codes/pos-types.ts';
import { taxRates } from '../../transforms/aries/billing/codes/tax-rates.ts';
import { authorizationTypes } from '../../transforms/aries/billing/insurance/authorization-types.ts';
import { claimSubmitters } from '../../transforms/aries/billing/insurance/claim-submitters.ts';
import { ediBatches } from '../../transforms/aries/billing/insurance/edi-batches.ts';
import { ediRegions } from '../../transforms/aries/billing/insurance/edi-regions.ts';
import { eligibilityInquiries } from '../../transforms/aries/billing/insurance/eligibility-inquiries.ts';
import { eligibilityPayers } from '../../transforms/aries/billing/insurance/eligibility-payers.ts';
import { eligibilityRequests } from '../../transforms/aries/billing/insurance/eligibility-requests.ts';
import { insuranceCompanies } from '../../transforms/aries/billing/insurance/insurance-companies.ts';
import { insuranceCompanyGroups } from '../../transforms/aries/billing/insurance/insurance-company-groups.ts';
import { insuranceCompanyTypes } from '../../transforms/aries/billing/insurance/insurance-company-types.ts';
import { insuranceTypes } from '../../transforms/aries/billing/insurance/insurance-types.ts';
import { payers } from '../../transforms/aries/billing/insurance/payers.ts';
import { providerNumberTypes } from '../../transforms/aries/billing/insurance/provider-number-types.ts';
import { providerNumbers } from '../../transforms/aries/billing/insurance/provider-numbers.ts';
import { invoiceForms } from '../../transforms/aries/billing/invoices/invoice-forms.ts';
import { invoiceItems } from '../../transforms/aries/billing/invoices/invoice-items.ts';
import { invoiceNotes } from '../../transforms/aries/billing/invoices/invoice-notes.ts';
import { invoiceTransactionTypes } from '../../transforms/aries/billing/invoices/invoice-transaction-types.ts';
import { invoiceTransactions } from '../../transforms/aries/billing/invoices/invoice-transactions.ts';
import { invoices } from '../../transforms/aries/billing/invoices/invoices.ts';
import { batchPayments } from '../../transforms/aries/billing/payments/batch-payments.ts';
import { paymentPlanPayments } from '../../transforms/aries/billing/payments/payment-plan-payments.ts';
import { paymentPlans } from '../../transforms/aries/billing/payments/payment-plans.ts';
import { doctorTypes } from '../../transforms/aries/customers/care-providers/doctor-types.ts';
import { doctors } from '../../transforms/aries/customers/care-providers/doctors.ts';
import { facilities } from '../../transforms/aries/customers/care-providers/facilities.ts';
import { legalRepresentatives } from '../../transforms/aries/customers/care-providers/legal-representatives.ts';
import { medicalConditions } from '../../transforms/aries/customers/care-providers/medical-conditions.ts';
import { referralTypes } from '../../transforms/aries/customers/care-providers/referral-types.ts';
import { referrals } from '../../transforms/aries/customers/care-providers/referrals.ts';
import { complianceItems } from '../../transforms/aries/customers/compliance/compliance-items.ts';
import { complianceNotes } from '../../transforms/aries/customers/compliance/compliance-notes.ts';
import { compliancePlans } from '../../transforms/aries/customers/compliance/compliance-plans.ts';
import { customerClasses } from '../../transforms/aries/customers/customer-classes.ts';
import { customerInsurances } from '../../transforms/aries/customers/customer-insurances.ts';
import { customerNotes } from '../../transforms/aries/customers/customer-notes.ts';
import { customerTypes } from '../../transforms/aries/customers/customer-types.ts';
import { customers } from '../../transforms/aries/customers/customers.ts';
import { documents } from '../../transforms/aries/customers/documents.ts';
import { relationships } from '../../transforms/aries/customers/relationships.ts';
import { signatureTypes } from '../../transforms/aries/customers/signature-types.ts';
import { kitComponents } from '../../transforms/aries/inventory/products/kit-components.ts';
import { kits } from '../../transforms/aries/inventory/products/kits.ts';
import { priceCodeItems } from '../../transforms/aries/inventory/products/price-code-items.ts';
import { priceCodes } from '../../transforms/aries/inventory/products/price-codes.ts';
import { productTypes } from '../../transforms/aries/inventory/products/product-types.ts';
import { manufacturers } from '../../transforms/aries/inventory/purchasing/manufacturers.ts';
import { purchaseOrderItems } from '../../transforms/aries/inventory/purchasing/purchase-order-items.ts';
import { purchaseOrders } from '../../transforms/aries/inventory/purchasing/purchase-orders.ts';
import { vendors } from '../../transforms/aries/inventory/purchasing/vendors.ts';
import { inventoryItems } from '../../transforms/aries/inventory/stock/inventory-items.ts';
import { inventoryTransactionTypes } from '../../transforms/aries/inventory/stock/inventory-transaction-types.ts';
import { inventoryTransactions } from '../../transforms/aries/inventory/stock/inventory-transactions.ts';
import { maintenanceRecords } from '../../transforms/aries/inventory/stock/maintenance-records.ts';
import { serialNumbers } from '../../transforms/aries/inventory/stock/serial-numbers.ts';
import { serialTransactionTypes } from '../../transforms/aries/inventory/stock/serial-transaction-types.ts';
import { serialTransactions } from '../../transforms/aries/inventory/stock/serial-transactions.ts';
import { stockLevels } from '../../transforms/aries/inventory/stock/stock-levels.ts';
import { warehouses } from '../../transforms/aries/inventory/stock/warehouses.ts';
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
import { ediCertificates } from '../../transforms/aries/system/edi/edi-certificates.ts';
import { ediCompanies } from '../../transforms/aries/system/edi/edi-companies.ts';
import { ediGlobals } from '../../transforms/aries/system/edi/edi-globals.ts';
import { ediVariables } from '../../transforms/aries/system/edi/edi-variables.ts';
import { locations } from '../../transforms/aries/system/locations.ts';
import { predefinedTexts } from '../../transforms/aries/system/predefined-texts.ts';
import { sharedVariables } from '../../transforms/aries/system/shared-variables.ts';
import { permissionObjects } from '../../transforms/aries/system/users/permission-objects.ts';
import { userLocations } from '../../transforms/aries/system/users/user-locations.ts';
import { userNotifications } from '../../transforms/aries/system/users/user-notifications.ts';
import { userPermissions } from '../../transforms/aries/system/users/user-permissions.ts';
import { userSessions } from '../../transforms/aries/system/users/user-sessions.ts';
import { users } from '../../transforms/aries/system/users/users.ts';
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
