import { compareHours } from '../src/reports/migration/compare-hours.ts';
import type { CompareHoursResult, CompareHoursTask } from './messages.ts';

export default function compare(task: CompareHoursTask): CompareHoursResult {
  return compareHours(task);
}
