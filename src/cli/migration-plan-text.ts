import type { MigrationPlan } from '../../pipelines/plan-migration.ts';
import { countText, sizeText } from '../output/number-text.ts';

interface PlannedPlace {
  readonly machine: string;
  readonly old: string;
  readonly ledger: string;
}

/** What a migration would do, for people. */
export function migrationPlanText(
  plan: MigrationPlan,
  { machine, old, ledger }: PlannedPlace,
): string {
  const range =
    plan.firstDay === null ? 'no days' : `ended from ${plan.firstDay} to ${plan.lastDay}`;
  const hours =
    plan.hours === null
      ? 'It has no hours to compare with.'
      : `Hours are compared job by job with those of ${plan.hours}.`;
  const columns = plan.unknownColumns.join(', ');
  return [
    `${machine}: ${old} is a ${plan.generation} database of ${sizeText(plan.oldBytes)}`,
    `  ${countText(plan.rows)} jobs of ${countText(plan.users)} users, ${countText(plan.accounts)} accounts and ` +
      `${countText(plan.queues)} queues, ${range}`,
    ...(columns === '' ? [] : [`  Columns that the ledger keeps nothing of: ${columns}`]),
    `  ${hours}`,
    '',
    `It would become ${ledger}, of about ${sizeText(plan.estimatedBytes)}, in about ` +
      `${countText(plan.estimatedSeconds)} s. Nothing was written.`,
    '',
    '',
  ].join('\n');
}
