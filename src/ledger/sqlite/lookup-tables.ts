import { CODED } from '../../job/job-batch.ts';

/** The tables that give the names of jobs their ids, and the coded column of a batch that has the names. */
export const LOOKUP_TABLES = [
  { coded: CODED.user, table: 'users', column: 'username' },
  { coded: CODED.account, table: 'accounts', column: 'account_name' },
  { coded: CODED.queue, table: 'queues', column: 'queue_name' },
] as const;
