import { carry, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../../mapping.ts';

/** LaborHours is text, as it was typed. */
export const maintenanceRecords = mapping({
  from: 'c01.tbl_serial_maintenance',
  to: 'maintenance_records',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    serial_number_id: ref('serial_numbers', 'SerialID', required),
    additional_equipment: text('AdditionalEquipment'),
    description_of_problem: text('DescriptionOfProblem'),
    description_of_work: text('DescriptionOfWork'),
    maintenance_record: text('MaintenanceRecord'),
    labor_hours: text('LaborHours'),
    technician: text('Technician'),
    maintenance_due_date: date('MaintenanceDue'),
    maintenance_cost: carry('MaintenanceCost'),
    ...lastUpdate,
  },
});
