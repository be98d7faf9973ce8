import type Database from 'better-sqlite3';
import type { Budget, MachineFacts, Resource } from '../../site/machine-facts.ts';
import { RESOURCES } from '../../site/machine-facts.ts';
import type { ReportDefinition } from '../definition.ts';
import { isAmong, queuesByResource } from '../queue-resources.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { windowReport } from '../window-report.ts';

/** What is left of each budget that is in force on the last day of the window, those used up most first. */
export const allocations: ReportDefinition = {
  name: 'allocations',
  title: 'What each account with a budget has used of it and has left, most used up first',
  options: ['top'],
  chart: { form: 'ranking', measures: ['cpu_used_share', 'gpu_used_share'] },
  answer(db, { from, to, top, site }) {
    const inForce = site.budgets.filter((budget) => isInForce(budget, to));
    const countedTo = lastDay(db, to);
    const usedOf = RESOURCES.map((resource) => chargesOf(db, site, resource));
    const lines = inForce.map((budget) => {
      const parts = RESOURCES.map((resource, i) =>
        balance(budget, resource, usedOf[i](budget, to)),
      );
      return { budget, parts, usedUp: Math.max(...parts.map(({ usedUp }) => usedUp)) };
    });
    lines.sort(
      (a, b) =>
        b.usedUp - a.usedUp ||
        compare(a.budget.account, b.budget.account) ||
        compare(a.budget.from ?? '', b.budget.from ?? ''),
    );
    return windowReport(
      db,
      this.name,
      { from, to },
      {
        columns: [
          { key: 'account', label: 'Account', kind: 'text' },
          ...RESOURCES.flatMap(columnsOf),
          { key: 'budget_from', label: 'Budget from', kind: 'date' },
          { key: 'budget_to', label: 'Budget to', kind: 'date' },
          { key: 'as_of', label: 'As of', kind: 'date' },
        ],
        rows: lines
          .slice(0, top ?? lines.length)
          .map(({ budget, parts }) => [
            budget.account,
            ...parts.flatMap(({ values }) => values),
            budget.from ?? null,
            budget.to ?? null,
            countedTo,
          ]),
      },
      budgetNotes(db, site, inForce, { from, to }),
    );
  },
};

function columnsOf(resource: Resource): ReportColumn[] {
  const named = resource.toUpperCase();
  const unit = resource === 'cpu' ? 'weighted core-hours' : 'weighted GPU-hours';
  return [
    { key: `${resource}_allocated`, label: `${named} allocated`, kind: 'hours', unit },
    { key: `${resource}_used`, label: `${named} used`, kind: 'hours', unit },
    { key: `${resource}_remaining`, label: `${named} remaining`, kind: 'hours', unit },
    { key: `${resource}_used_share`, label: `${named} share used`, kind: 'share' },
  ];
}

interface Balance {
  readonly values: readonly ReportValue[];
  /** The share that was used, by which budgets are ordered: where there is nothing to use, all or none of it. */
  readonly usedUp: number;
}

function balance(budget: Budget, resource: Resource, used: number): Balance {
  const allocated = budget[`${resource}Hours`];
  if (allocated === null) return { values: [null, null, null, null], usedUp: 0 };
  const share = allocated === 0 ? null : used / allocated;
  return {
    values: [allocated, used, allocated - used, share],
    usedUp: share ?? (used > 0 ? Number.MAX_VALUE : 0),
  };
}

/**
 * The charges of the account of a budget from its first day on. What queues of neither resource charge counts too,
 * so that nothing is left uncounted; what the queues of the other resource charge does not.
 */
function chargesOf(
  db: Database.Database,
  site: MachineFacts,
  resource: Resource,
): (budget: Budget, to: string) => number {
  const queues = queuesByResource(db, site);
  const counted = [...queues[resource], ...queues.other];
  const charged = db
    .prepare<[string, string, string], number>(
      `SELECT total(d.${resource}_charges)
       FROM accounts a JOIN daily_summary d ON d.account_id = a.id
       WHERE a.account_name = ? AND d.date BETWEEN ? AND ? AND ${isAmong(counted, 'd.queue_id')}`,
    )
    .pluck();
  return ({ account, from = '' }, to) => charged.get(account, from, to) ?? 0;
}

function isInForce({ from, to }: Budget, day: string): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

/** The last day whose jobs are counted: ISO dates sort as days do. */
function lastDay(db: Database.Database, to: string): string | null {
  return (
    db
      .prepare<[string], string | null>('SELECT min(max(date), ?) FROM daily_summary')
      .pluck()
      .get(to) ?? null
  );
}

function budgetNotes(
  db: Database.Database,
  { budgets }: MachineFacts,
  inForce: readonly Budget[],
  { from, to }: { readonly from: string; readonly to: string },
): string[] {
  if (budgets.length === 0) return ['The configuration has no budgets.'];
  const isUsed = db.prepare<[string], number>('SELECT 1 FROM accounts WHERE account_name = ?');
  const accounts = new Set(inForce.map(({ account }) => account));
  const unused = [...accounts].filter((account) => isUsed.get(account) === undefined).sort();
  const others = budgets.length - inForce.length;
  return [
    ...(inForce.some((budget) => (budget.from ?? '') < from)
      ? ['What was used is counted from the first day of each budget, not of the window.']
      : []),
    ...(others > 0 ? [`Budgets that are not in force on ${to} and not shown: ${others}.`] : []),
    ...(unused.length > 0 ? [`No job of the ledger is of ${unused.join(', ')}.`] : []),
  ];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
