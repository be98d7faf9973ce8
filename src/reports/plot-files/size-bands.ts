import type { JobFact } from '../../ledger/facts/job-facts.ts';
import { type Band, wholeBands } from '../bands.ts';

const GIB = 2 ** 30;
const COUNT = (value: number): string => String(value);
/** Bounds of whole GiB; the byte that a band begins above one belongs to its name too. */
const GIBIBYTES = (bytes: number): string => String(Math.floor(bytes / GIB));

export interface SizeBands {
  readonly label: string;
  readonly fact: JobFact;
  readonly bands: readonly Band[];
}

/** The sizes that scripts plot by, each band without a gap to the next. */
export const SIZE_BANDS = {
  nodes: {
    label: 'Nodes',
    fact: 'numnodes',
    bands: wholeBands([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048], COUNT),
  },
  cores: {
    label: 'Cores',
    fact: 'numcpus',
    bands: wholeBands([1, 2, 4, 8, 16, 32, 48, 64, 96, 128], COUNT),
  },
  gpus: {
    label: 'GPUs',
    fact: 'numgpus',
    bands: wholeBands([1, 2, 4, 8, 16, 32, 64, 96, 128, 256, 320], COUNT),
  },
  memory: {
    label: 'Memory(GB)',
    fact: 'reqmem',
    bands: wholeBands(
      [1, 10, 50, 100, 500, 1000].map((gib) => gib * GIB),
      GIBIBYTES,
    ),
  },
} as const satisfies Record<string, SizeBands>;

export type SizeDimension = keyof typeof SIZE_BANDS;
