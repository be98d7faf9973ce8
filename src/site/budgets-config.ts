import * as v from 'valibot';
import { dayRange } from '../charging/effective-days.ts';
import { section } from './config-section.ts';
import { amount, day, daysInOrder, text } from './config-values.ts';

const budget = v.pipe(
  section({
    account: text,
    cpu: v.exactOptional(amount),
    gpu: v.exactOptional(amount),
    from: v.exactOptional(day),
    to: v.exactOptional(day),
  }),
  v.check((value) => daysInOrder(value), 'a "to" that is not before "from"'),
  v.check(({ cpu, gpu }) => cpu !== undefined || gpu !== undefined, 'one with cpu, gpu or both'),
);

/** What accounts may use. Two of one account that overlap would both count the same hours. */
export const budgets = v.pipe(
  v.array(budget, 'a list of budgets, each under a [[machines.<name>.budgets]] header'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const list = dataset.value;
    for (const [i, each] of list.entries()) {
      const other = list.findIndex((before, at) => at < i && bothHold(before, each));
      if (other === -1) continue;
      addIssue({
        message:
          `has days in common with budgets[${other}] of the same account and resource; ` +
          'give the earlier one a "to" and the later one a "from" after it',
        path: [{ type: 'array', origin: 'value', input: list, key: i, value: each }],
      });
    }
  }),
);

export type BudgetConfig = v.InferOutput<typeof budget>;

function bothHold(one: BudgetConfig, other: BudgetConfig): boolean {
  if (one.account !== other.account) return false;
  const isShared =
    (one.cpu !== undefined && other.cpu !== undefined) ||
    (one.gpu !== undefined && other.gpu !== undefined);
  const [first, second] = [dayRange(one), dayRange(other)];
  return isShared && first.first <= second.last && second.first <= first.last;
}
