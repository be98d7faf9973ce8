import type { ReportDefinition } from './definition.ts';
import { allocations } from './definitions/allocations.ts';
import { USAGE_BY_BAND, WAITS_BY_BAND } from './definitions/job-bands.ts';
import {
  efficiencyBy,
  exitStatuses,
  queueStatistics,
  usageByQos,
} from './definitions/job-groups.ts';
import { resourceHistory } from './definitions/resource-history.ts';
import { usageBy } from './definitions/usage-by.ts';
import { usageByFacility } from './definitions/usage-by-facility.ts';
import { usageByResource } from './definitions/usage-by-resource.ts';
import { dailySummary, jobsPer, usageHistory, userTurnover } from './definitions/usage-history.ts';

/** All reports, in the order in which they are listed. */
export const REPORTS: readonly ReportDefinition[] = [
  usageBy('user'),
  usageBy('account'),
  usageBy('queue'),
  usageByQos,
  usageByFacility,
  usageByResource,
  allocations,
  usageHistory,
  resourceHistory,
  jobsPer('user'),
  jobsPer('account'),
  userTurnover,
  dailySummary,
  queueStatistics,
  exitStatuses,
  ...USAGE_BY_BAND,
  ...WAITS_BY_BAND,
  efficiencyBy('user'),
  efficiencyBy('account'),
];
