import { CommanderError } from 'commander';
import { Interruption } from '../../pipelines/interruption.ts';
import { RejectLimitError } from '../../pipelines/reject-limit.ts';
import { causeChain } from '../ledger/cause-chain.ts';
import { LedgerError, type LedgerErrorCode } from '../ledger/ledger-error.ts';
import { ConfigError } from '../site/config-error.ts';
import { SourceError } from '../sources/source-error.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** The exit status that tells of a failure: of the outermost cause that is known, as nearest to the task. */
export function exitCodeOf(problem: unknown): ExitCode {
  for (const error of causeChain(problem)) {
    const code = ownCode(error);
    if (code !== undefined) return code;
  }
  return EXIT_CODES.failed;
}

const OF_LEDGER: Readonly<Record<LedgerErrorCode, ExitCode>> = {
  missing: EXIT_CODES.failed,
  foreign: EXIT_CODES.ledgerForeign,
  newer: EXIT_CODES.ledgerForeign,
  outdated: EXIT_CODES.ledgerForeign,
  'other-machine': EXIT_CODES.ledgerForeign,
  locked: EXIT_CODES.locked,
  busy: EXIT_CODES.ledgerBusy,
  full: EXIT_CODES.ledgerFull,
  'read-only': EXIT_CODES.ledgerReadOnly,
  corrupt: EXIT_CODES.ledgerDamaged,
  'disk-error': EXIT_CODES.ledgerDamaged,
  'out-of-memory': EXIT_CODES.failed,
  unusable: EXIT_CODES.failed,
};

function ownCode(error: Error): ExitCode | undefined {
  if (error instanceof Interruption) {
    return error.signalName === 'SIGINT' ? EXIT_CODES.interrupted : EXIT_CODES.terminated;
  }
  if (error instanceof RejectLimitError) return EXIT_CODES.rejectsOverLimit;
  // Help and version end as "errors" too.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  }
  if (error instanceof UsageError || error instanceof ConfigError) return EXIT_CODES.usage;
  if (error instanceof SourceError) return EXIT_CODES.source;
  return error instanceof LedgerError ? OF_LEDGER[error.code] : undefined;
}
