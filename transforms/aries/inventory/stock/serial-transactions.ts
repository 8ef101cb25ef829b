import { date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, owned, tenant } from '../../mapping.ts';

export const serialTransactions = mapping({
  from: 'c01.tbl_serial_transaction',
  to: 'serial_transactions',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    transaction_type_id: ref('serial_transaction_types', 'TypeID', optional),
    serial_number_id: ref('serial_numbers', 'SerialID', owned),
    transacted_at: date('TransactionDatetime'),
    vendor_id: ref('vendors', 'VendorID', optional),
    warehouse_id: ref('warehouses', 'WarehouseID', optional),
    customer_id: ref('customers', 'CustomerID', optional),
    order_id: ref('orders', 'OrderID', optional),
    order_detail_id: ref('order_details', 'OrderDetailsID', optional),
    lot_number: text('LotNumber'),
    ...lastUpdate,
  },
});
