import { quickCheck } from '../src/ledger/sqlite/quick-check.ts';
import type { QuickCheckResult, QuickCheckTask } from './messages.ts';

export default function check({ path }: QuickCheckTask): QuickCheckResult {
  return quickCheck(path);
}
