import { bool, id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

/** Keyed by name. The password is not carried; four flags have three states. */
export const ediRegions = mapping({
  from: 'repository.tbl_regions',
  to: 'edi_regions',
  scope: 'shared',
  columns: {
    id: id('Name', 'text'),
    name: text('Name'),
    receiver_id: text('ReceiverID'),
    receiver_name: text('ReceiverName'),
    receiver_code: text('ReceiverCode'),
    submitter_id: text('SubmitterID'),
    submitter_name: text('SubmitterName'),
    submitter_number: text('SubmitterNumber'),
    submitter_contact: text('SubmitterContact'),
    submitter_phone: text('SubmitterPhone'),
    submitter_address1: text('SubmitterAddress1'),
    submitter_address2: text('SubmitterAddress2'),
    submitter_city: text('SubmitterCity'),
    submitter_state: text('SubmitterState'),
    submitter_zip: text('SubmitterZip'),
    is_production: bool('Production'),
    login: text('Login'),
    phone: text('Phone'),
    has_zip_ability: bool('ZipAbility'),
    update_allowable: bool('UpdateAllowable'),
    post_zero_pay: bool('PostZeroPay'),
    upload_mask: text('UploadMask'),
    download_mask: text('DownloadMask'),
  },
  drops: {
    Password: 'a clear-text password is never carried; a new one is issued after the cutover',
  },
});
