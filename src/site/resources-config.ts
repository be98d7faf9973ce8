import * as v from 'valibot';
import { section } from './config-section.ts';
import { day, daysInOrder, globs } from './config-values.ts';
import { parseMemorySize } from './memory-size.ts';

const COUNT_ALLOWED = 'a whole number above 0';
const count = v.pipe(
  v.number(COUNT_ALLOWED),
  v.safeInteger(COUNT_ALLOWED),
  v.minValue(1, COUNT_ALLOWED),
);

const MEMORY_ALLOWED = 'an amount of memory above 0, such as "256GiB", in MiB, GiB or TiB';
const memory = v.pipe(
  v.string(MEMORY_ALLOWED),
  v.check((value) => parseMemorySize(value) > 0, MEMORY_ALLOWED),
  v.transform(parseMemorySize),
);

/** What can be told for each node or of all together. */
const COUNTED = ['cores', 'gpus', 'memory'] as const;

const capacityTable = v.pipe(
  section({
    nodes: v.exactOptional(count),
    cores: v.exactOptional(count),
    'cores-per-node': v.exactOptional(count),
    gpus: v.exactOptional(count),
    'gpus-per-node': v.exactOptional(count),
    memory: v.exactOptional(memory),
    'memory-per-node': v.exactOptional(memory),
    from: v.exactOptional(day),
    to: v.exactOptional(day),
  }),
  v.check((value) => daysInOrder(value), 'a "to" that is not before "from"'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { value } = dataset;
    for (const key of COUNTED) {
      const perNode = `${key}-per-node` as const;
      if (value[perNode] === undefined) continue;
      if (value[key] !== undefined) {
        addIssue({ message: `has both ${key} and ${perNode}; one of them is enough` });
      } else if (value.nodes === undefined) {
        addIssue({
          message: `${perNode} says nothing without nodes, which are how many there are`,
        });
      }
    }
  }),
);

/** A list and a table differ at first sight, so that the faults of the one that is meant are told. */
const capacity = v.lazy(
  (input): v.GenericSchema<unknown, CapacityConfig | CapacityConfig[]> =>
    Array.isArray(input) ? v.array(capacityTable) : capacityTable,
);

const resource = section({ queues: globs, capacity: v.exactOptional(capacity) });

/** Which queues are of CPUs and which of GPUs, and how many of them there are. */
export const resources = v.pipe(
  section({ cpu: v.exactOptional(resource), gpu: v.exactOptional(resource) }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { cpu, gpu } = dataset.value;
    const ofGpus = [gpu?.queues ?? []].flat();
    for (const glob of [cpu?.queues ?? []].flat()) {
      if (!ofGpus.includes(glob)) continue;
      addIssue({
        message: `the queues ${JSON.stringify(glob)} are in both cpu and gpu; leave them in one`,
      });
    }
  }),
);

export type CapacityConfig = v.InferOutput<typeof capacityTable>;
export type ResourcesConfig = v.InferOutput<typeof resources>;
