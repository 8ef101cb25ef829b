import { bool, id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

/** Shared by all companies. Code is unique without regard to case; SearchOptions is likely XML and stays text. */
export const eligibilityPayers = mapping({
  from: 'dmeworks.tbl_ability_eligibility_payer',
  to: 'eligibility_payers',
  scope: 'shared',
  columns: {
    id: id('Id'),
    code: text('Code'),
    name: text('Name'),
    comments: text('Comments'),
    search_options: text('SearchOptions'),
    allows_submission: bool('AllowsSubmission'),
  },
});
