import type { Metric } from '../output/prometheus.ts';
import type { CheckFigures, LedgerCheck } from '../reports/check/ledger-check.ts';
import { VERDICTS } from '../reports/check/verdict.ts';

interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: (figures: CheckFigures) => number | null;
}

const GAUGES: readonly Gauge[] = [
  {
    name: 'qledger_last_job_end_timestamp_seconds',
    help: 'When the newest job of the ledger ended.',
    value: ({ newestEnd }) => epochSeconds(newestEnd),
  },
  {
    name: 'qledger_last_complete_ingest_timestamp_seconds',
    help: 'When the last complete ingest ended.',
    value: ({ lastIngest }) => epochSeconds(lastIngest?.finishedAt ?? null),
  },
  {
    name: 'qledger_last_ingest_lines',
    help: 'Lines that the last complete ingest read.',
    value: ({ lastIngest }) => lastIngest?.lines ?? null,
  },
  {
    name: 'qledger_last_ingest_rejects',
    help: 'Lines that the last complete ingest rejected.',
    value: ({ lastIngest }) => lastIngest?.rejects ?? null,
  },
  {
    name: 'qledger_open_runs',
    help: 'Runs that are at work, failed, interrupted or killed, with no complete one of their command since.',
    value: ({ openRuns }) => openRuns.length,
  },
  {
    name: 'qledger_missing_days',
    help: 'Days without jobs between days that have some.',
    value: ({ missingDays }) => missingDays.length,
  },
  {
    name: 'qledger_odd_days',
    help: 'Days with far fewer or far more jobs than the same weekdays before.',
    value: ({ oddDays }) => oddDays.length,
  },
  {
    name: 'qledger_unread_files',
    help: 'Source files that were not read to their end.',
    value: ({ unreadFiles }) => unreadFiles.length,
  },
  {
    name: 'qledger_stale_days',
    help: 'Days with jobs that are not summarised.',
    value: ({ staleDays }) => staleDays,
  },
];

/** The checks of all ledgers and the figures behind them, as gauges. */
export function checkMetrics(checks: readonly LedgerCheck[]): Metric[] {
  return [
    {
      name: 'qledger_check',
      help: 'What a check says: 0 ok, 1 warning, 2 critical.',
      samples: checks.flatMap(({ machine, checks }) =>
        checks.map(({ check, verdict }) => ({
          labels: { machine, check },
          value: VERDICTS.indexOf(verdict),
        })),
      ),
    },
    ...GAUGES.map(({ name, help, value }) => ({
      name,
      help,
      samples: checks.flatMap(({ machine, figures }) => {
        const known = figures === null ? null : value(figures);
        return known === null ? [] : [{ labels: { machine }, value: known }];
      }),
    })),
  ];
}

function epochSeconds(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso) / 1000;
}
