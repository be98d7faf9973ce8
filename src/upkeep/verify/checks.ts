import { chargeRulesCheck } from './charge-rules-check.ts';
import { chargesCheck } from './charges-check.ts';
import { configurationCheck } from './configuration-check.ts';
import { duplicatesCheck } from './duplicates-check.ts';
import { factsCheck } from './facts-check.ts';
import { fileCheck } from './file-check.ts';
import { indexesCheck } from './indexes-check.ts';
import { journalCheck } from './journal-check.ts';
import { lookupsCheck } from './lookups-check.ts';
import { machineCheck } from './machine-check.ts';
import { oneChargeCheck } from './one-charge-check.ts';
import { plansCheck } from './plans-check.ts';
import { qosCheck } from './qos-check.ts';
import { referencesCheck } from './references-check.ts';
import { schemaCheck } from './schema-check.ts';
import { staleDaysCheck } from './stale-days-check.ts';
import { statisticsCheck } from './statistics-check.ts';
import { summaryCheck } from './summary-check.ts';
import { valuesCheck } from './values-check.ts';
import type { VerifyCheck, VerifyOptions } from './verify-check.ts';

/** In the order in which problems are best mended: what comes first may be the cause of what follows. */
const CHECKS: readonly VerifyCheck[] = [
  schemaCheck,
  fileCheck,
  indexesCheck,
  machineCheck,
  referencesCheck,
  lookupsCheck,
  duplicatesCheck,
  valuesCheck,
  oneChargeCheck,
  chargeRulesCheck,
  qosCheck,
  chargesCheck,
  staleDaysCheck,
  summaryCheck,
  factsCheck,
  journalCheck,
  statisticsCheck,
  plansCheck,
];

export function checksFor({ site }: VerifyOptions): readonly VerifyCheck[] {
  return site === undefined ? CHECKS : [...CHECKS, configurationCheck(site)];
}
