import * as v from 'valibot';
import { budgets } from './budgets-config.ts';
import { section, table } from './config-section.ts';
import { text } from './config-values.ts';
import { isTimeZone } from './is-time-zone.ts';
import { nearestName } from './nearest-name.ts';
import { qos } from './qos-config.ts';
import { resources } from './resources-config.ts';
import { rules } from './rule-config.ts';

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
  resources: v.optional(resources, {}),
  facilities: v.optional(table(v.record(text, text)), {}),
  budgets: v.optional(budgets, []),
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

function zoneAllowed(example: string): string {
  return `the name of an IANA time zone, such as "${example}"`;
}
