import * as v from 'valibot';
import { isUndated } from '../charging/effective-days.ts';
import type { DatedFactor } from '../charging/rule-set.ts';
import { section, table } from './config-section.ts';
import { amount, day, daysInOrder, text } from './config-values.ts';

const PERIOD_KEYS = '{ factor = <number>, from = <day>, to = <day> }';
const FACTOR_ALLOWED = `a number of 0 or more, or a list of ${PERIOD_KEYS}`;
/** A list and a number differ at first sight, so that the faults of the one that is meant are told. */
const factor = v.lazy(
  (input): v.GenericSchema<unknown, number | DatedFactor[]> =>
    Array.isArray(input) ? datedFactors : v.pipe(v.number(FACTOR_ALLOWED), amount),
);

const datedFactors = v.pipe(
  v.array(
    v.pipe(
      section({ factor: amount, from: v.exactOptional(day), to: v.exactOptional(day) }),
      v.check((value) => daysInOrder(value), 'a "to" that is not before "from"'),
    ),
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const always = dataset.value.findIndex(isUndated);
    if (always !== -1 && always === dataset.value.length - 1) return;
    addIssue({
      message:
        'the last factor, and no other, must have neither "from" nor "to": ' +
        'it is for the days that the others leave',
    });
  }),
);

/** What hours are multiplied by. */
export const qos = v.pipe(
  section({
    default: text,
    factors: table(v.record(text, factor)),
    queues: v.optional(table(v.record(text, text)), {}),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    const parts = v.safeParse(qosParts, dataset.value);
    if (!parts.success) return;
    const { default: byDefault, factors, queues } = parts.output;
    const known = Object.keys(factors);
    const message = (name: string) =>
      `the QoS "${name}" has no factor; add it to factors or use one of: ${known.join(', ')}`;
    if (typeof byDefault === 'string' && !known.includes(byDefault)) {
      addIssue({ message: message(byDefault), path: [pathItem(parts.output, 'default')] });
    }
    for (const [queue, name] of Object.entries(queues)) {
      if (typeof name !== 'string' || known.includes(name)) continue;
      addIssue({
        message: message(name),
        path: [pathItem(parts.output, 'queues'), pathItem(queues, queue)],
      });
    }
  }),
);

/** As much of a QoS section as can be cross-checked, whatever faults its values have. */
const qosParts = v.object({
  default: v.unknown(),
  factors: v.record(v.string(), v.unknown()),
  queues: v.optional(v.record(v.string(), v.unknown()), {}),
});

function pathItem(input: Record<string, unknown>, key: string): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input, key, value: input[key] };
}
