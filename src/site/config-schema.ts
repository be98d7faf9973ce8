import * as v from 'valibot';
import { globMatchesAll } from '../charging/glob.ts';
import { isTimeZone } from './is-time-zone.ts';
import { nearestName } from './nearest-name.ts';

/** Valibot leaves these out of a table without a word, for fear of the prototype. */
const LOST_NAMES = ['__proto__', 'constructor', 'prototype'];

/*
 * The message of every schema says what is allowed; the report adds where it is and what was found.
 * The message of a raw check is a sentence of its own.
 */
const text = v.pipe(v.string('a text'), v.nonEmpty('a text that is not empty'));
const amount = v.pipe(
  v.number('a number'),
  v.finite('a finite number'),
  v.minValue(0, 'a number of 0 or more'),
);

const COUNT_ALLOWED = '"allocated", "none" or { per-node = <number above 0> }';
const countRule = v.union(
  [
    v.picklist(['allocated', 'none'], COUNT_ALLOWED),
    section({
      'per-node': v.pipe(
        v.number(COUNT_ALLOWED),
        v.finite(COUNT_ALLOWED),
        v.gtValue(0, 'a number above 0 ("none" charges nothing)'),
      ),
    }),
  ],
  COUNT_ALLOWED,
);

const globs = v.union(
  [text, v.pipe(v.array(text), v.minLength(1, 'at least one glob'))],
  'a queue glob, such as "*gpu*", or a list of them',
);

const rule = section({
  queue: globs,
  cpu: countRule,
  gpu: countRule,
  memory: v.optional(
    v.picklist(['used', 'requested', 'none'], '"used", "requested" or "none"'),
    'used',
  ),
});

const rules = v.pipe(
  v.array(rule, 'a list of rules, each under a [[machines.<name>.rules]] header'),
  v.rawCheck(({ dataset, addIssue }) => {
    // A rule with a fault elsewhere still says which queues it matches.
    const matched = v.safeParse(v.array(v.object({ queue: globs })), dataset.value);
    if (!matched.success) return;
    const list = matched.output;
    const catchAll = list.findIndex(({ queue }) => [queue].flat().some(globMatchesAll));
    if (catchAll === -1) {
      addIssue({
        message:
          'no rule matches every queue, so the jobs of other queues would have no charge; ' +
          'end the list with a rule of queue = "*"',
      });
    }
    for (let i = catchAll + 1; catchAll !== -1 && i < list.length; i++) {
      addIssue({
        message: `is never reached, because rules[${catchAll}] matches every queue; move it before that rule`,
        path: [{ type: 'array', origin: 'value', input: list, key: i, value: list[i] }],
      });
    }
  }),
);

const qos = v.pipe(
  section({
    default: text,
    factors: table(v.record(text, amount)),
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

const machine = section({
  'time-zone': v.pipe(
    v.string(zoneAllowed('America/Denver')),
    v.check(isTimeZone, ({ input }) =>
      zoneAllowed(nearestName(input, Intl.supportedValuesOf('timeZone')) ?? 'America/Denver'),
    ),
  ),
  'cpu-type': v.optional(text),
  'gpu-types': v.optional(table(v.record(text, text)), {}),
  rules,
  qos: v.optional(qos, { default: 'regular', factors: { regular: 1 } }),
});

const machineName = v.pipe(
  v.string(),
  // The name becomes part of file names.
  v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'letters, digits, "-", "_" and "."'),
);

/** The shape and the sense of `qledger.toml`, as parsed from TOML. */
export const configSchema = section({
  machines: v.optional(table(v.record(machineName, machine)), {}),
});

export type MachineConfig = v.InferOutput<typeof machine>;
export type RuleConfig = v.InferOutput<typeof rule>;
export type CountConfig = v.InferOutput<typeof countRule>;

function zoneAllowed(example: string): string {
  return `the name of an IANA time zone, such as "${example}"`;
}

/** A table with these keys and no others. */
function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, Object.keys(entries).join(', '));
}

/** Valibot takes arrays and dates for objects, so that a list would pass as a table. */
function table<const Schema extends v.GenericSchema<Record<string, unknown>>>(schema: Schema) {
  const isTable = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date);
  return v.pipe(
    v.custom<v.InferInput<Schema>>(isTable, 'a table of name = value'),
    v.check(
      (named) => LOST_NAMES.every((name) => !Object.hasOwn(named, name)),
      `names other than ${LOST_NAMES.join(', ')}`,
    ),
    schema,
  );
}

function pathItem(input: Record<string, unknown>, key: string): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input, key, value: input[key] };
}
