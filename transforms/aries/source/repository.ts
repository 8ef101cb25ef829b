import type { SchemaContract } from '../../../public/index.ts';

/** The electronic data interchange with payers, shared by all companies. */
export const repository = {
  tbl_batches: {
    key: ['ID'],
    columns: {
      ID: 'int not null',
      Region: 'varchar(50)',
      Company: 'varchar(50)',
      Workflow: 'varchar(50)',
      FileName: 'varchar(250)',
      Location: 'varchar(255)',
      FileType: 'varchar(50)',
      Status: 'varchar(50)',
      CreatedDate: 'datetime',
      StatusDate: 'datetime',
      Comment: 'text',
      Data: 'mediumblob',
      Archived: 'bit(1)',
    },
  },
  tbl_certificates: {
    key: ['Name'],
    columns: {
      Name: 'varchar(50) not null',
      Description: 'varchar(100)',
      Data: 'mediumblob',
    },
  },
  tbl_companies: {
    key: ['Name'],
    columns: {
      Name: 'varchar(50) not null',
      ODBCDSN: 'varchar(50)',
      Server: 'varchar(50)',
      Port: 'int',
      Database: 'varchar(50)',
    },
  },
  tbl_globals: {
    key: ['Name'],
    columns: {
      Name: 'varchar(50) not null',
      Value: 'varchar(255)',
    },
  },
  tbl_regions: {
    key: ['Name'],
    columns: {
      Name: 'varchar(50) not null',
      ReceiverID: 'varchar(50)',
      ReceiverName: 'varchar(50)',
      ReceiverCode: 'varchar(50)',
      SubmitterID: 'varchar(50)',
      SubmitterName: 'varchar(50)',
      SubmitterNumber: 'varchar(50)',
      SubmitterContact: 'varchar(50)',
      SubmitterPhone: 'varchar(50)',
      SubmitterAddress1: 'varchar(50)',
      SubmitterAddress2: 'varchar(50)',
      SubmitterCity: 'varchar(50)',
      SubmitterState: 'varchar(50)',
      SubmitterZip: 'varchar(50)',
      Production: 'tinyint(1)',
      Login: 'varchar(50)',
      Password: 'varchar(50)',
      Phone: 'varchar(250)',
      ZipAbility: 'tinyint(1)',
      UpdateAllowable: 'tinyint(1)',
      PostZeroPay: 'tinyint(1)',
      UploadMask: 'varchar(255)',
      DownloadMask: 'varchar(255)',
    },
  },
  tbl_variables: {
    key: ['Name'],
    columns: {
      Name: 'varchar(31) not null',
      Value: 'varchar(255) not null',
    },
  },
} as const satisfies SchemaContract;
