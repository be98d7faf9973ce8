import { quickCheck } from '../src/ledger/sqlite/quick-check.ts';
import { withCode } from '../src/ledger/sqlite/with-code.ts';
import type { QuickCheckResult, QuickCheckTask } from './messages.ts';

export default function check({ path, part }: QuickCheckTask): QuickCheckResult {
  try {
    return quickCheck(path, part);
  } catch (failure) {
    throw withCode(failure);
  }
}
