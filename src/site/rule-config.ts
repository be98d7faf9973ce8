import * as v from 'valibot';
import { globMatchesAll } from '../charging/glob.ts';
import { CONDITIONS } from '../charging/rule-conditions.ts';
import { section } from './config-section.ts';
import { day, daysInOrder, globs, seconds } from './config-values.ts';

const GPU_ALLOWED = '"allocated", "none" or { per-node = <number above 0> }';
const gpu = countRule(['allocated', 'none'], GPU_ALLOWED);
const CPU_ALLOWED = '"allocated", "used", "none" or { per-node = <number above 0> }';
const cpu = countRule(['allocated', 'used', 'none'], CPU_ALLOWED);

const weight = v.exactOptional(
  v.pipe(
    v.number('a number above 0'),
    v.finite('a finite number'),
    v.gtValue(0, 'a number above 0 ("none" charges nothing)'),
  ),
);

const rule = v.pipe(
  section({
    queue: globs,
    user: v.exactOptional(globs),
    account: v.exactOptional(globs),
    'cpu-type': v.exactOptional(globs),
    'gpu-type': v.exactOptional(globs),
    priority: v.exactOptional(globs),
    qos: v.exactOptional(globs),
    from: v.exactOptional(day),
    to: v.exactOptional(day),
    cpu,
    gpu,
    memory: v.optional(
      v.picklist(['used', 'requested', 'none'], '"used", "requested" or "none"'),
      'used',
    ),
    minimum: v.exactOptional(seconds),
    'round-up': v.exactOptional(seconds),
    weight: v.exactOptional(section({ cpu: weight, gpu: weight, memory: weight })),
  }),
  v.check((value) => daysInOrder(value), 'a "to" that is not before "from"'),
);

/** What a rule has beyond queue and charge fits some jobs only. */
const CHOOSY_KEYS = [...CONDITIONS.map(({ key }) => key), 'from', 'to'];

/** The rules of a machine, of which the last must fit every job. */
export const rules = v.pipe(
  v.array(rule, 'a list of rules, each under a [[machines.<name>.rules]] header'),
  v.rawCheck(({ dataset, addIssue }) => {
    // A rule with a fault elsewhere still says which queues it matches.
    const matched = v.safeParse(v.array(v.looseObject({ queue: globs })), dataset.value);
    if (!matched.success) return;
    const list = matched.output;
    const catchAll = list.findIndex(
      (each) =>
        [each.queue].flat().some(globMatchesAll) &&
        CHOOSY_KEYS.every((key) => !Object.hasOwn(each, key)),
    );
    if (catchAll === -1) {
      addIssue({
        message:
          'no rule matches every job on every day, so that some would have no charge; ' +
          'end the list with a rule of queue = "*" that has neither dates nor conditions',
      });
    }
    for (let i = catchAll + 1; catchAll !== -1 && i < list.length; i++) {
      addIssue({
        message: `is never reached, because rules[${catchAll}] matches every job; move it before that rule`,
        path: [{ type: 'array', origin: 'value', input: list, key: i, value: list[i] }],
      });
    }
  }),
);

export type RuleConfig = v.InferOutput<typeof rule>;

function countRule<const Word extends string>(words: readonly Word[], allowed: string) {
  return v.union(
    [
      v.picklist(words, allowed),
      section({
        'per-node': v.pipe(
          v.number(allowed),
          v.finite(allowed),
          v.gtValue(0, 'a number above 0 ("none" charges nothing)'),
        ),
      }),
    ],
    allowed,
  );
}
