import { bool, carry, date, id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

/** Region and Company are looked up by name; Archived is a nullable BIT(1). */
export const ediBatches = mapping({
  from: 'repository.tbl_batches',
  to: 'edi_batches',
  scope: 'shared',
  columns: {
    id: id('ID'),
    region_name: text('Region'),
    company_name: text('Company'),
    workflow: text('Workflow'),
    file_name: text('FileName'),
    location: text('Location'),
    file_type: text('FileType'),
    status: text('Status'),
    created_at: date('CreatedDate'),
    status_at: date('StatusDate'),
    comment: text('Comment'),
    data: carry('Data'),
    is_archived: bool('Archived'),
  },
});
