import { LedgerError } from '../ledger/ledger-error.ts';
import { asFailure } from '../ledger/sqlite/failure.ts';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { visibleText } from '../output/visible-text.ts';
import { loadSite } from '../site/load-site.ts';
import { fileCheck } from '../upkeep/verify/file-check.ts';
import { MENDS } from '../upkeep/verify/mends.ts';
import { type CheckedPart, checkedPart, verifyLedger } from '../upkeep/verify/verify-ledger.ts';
import { askLedger } from './ask-ledger.ts';
import { VERIFY_EXIT_CODES, type VerifyExitCode } from './verify-exit-code.ts';

export interface PrintVerifyOptions {
  readonly config: string | undefined;
  readonly charges: number | 'all';
  readonly quick: boolean;
  readonly json: boolean;
}

/**
 * Looks a ledger through and prints what was found, each check as soon as it is done; JSON is
 * `{ kind: 'verify', ledger, machine, sound, checks: [{ name, problems, mend }] }`.
 * @returns the exit status.
 */
export function printVerify(
  path: string,
  { config, charges, quick, json }: PrintVerifyOptions,
): VerifyExitCode {
  const site = config === undefined ? {} : { site: loadSite(config) };
  const print = (text: string): void => {
    if (!json) process.stdout.write(`${visibleText(text)}\n`);
  };
  const { machine, checks } = verified(
    path,
    (db) => {
      const machine = machineOf(() => ledgerMachine(db)?.machine);
      const { checks } = verifyLedger(db, { charges, quick, ...site }, (part, { sound }) =>
        print(partText(part, sound)),
      );
      return { machine, checks };
    },
    {
      onDamage: (part) => print(partText(part, '')),
      onAgain: () => print('The ledger was replaced meanwhile, as by a rebuild; the new one:'),
    },
  );
  const problems = checks.reduce((sum, part) => sum + part.problems.length, 0);
  const sound = problems === 0;
  if (json) {
    const answer = { kind: 'verify', ledger: path, machine, sound, checks };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } else {
    print(`${path}: ${sound ? 'sound' : problems === 1 ? '1 problem' : `${problems} problems`}`);
  }
  return sound ? VERIFY_EXIT_CODES.sound : VERIFY_EXIT_CODES.problems;
}

interface Verified {
  readonly machine: string | null;
  readonly checks: readonly CheckedPart[];
}

/** A ledger so damaged that it can't even be opened is what this is there for: a finding, not a failure. */
function verified(
  path: string,
  verify: Parameters<typeof askLedger<Verified>>[1],
  { onDamage, onAgain }: { onDamage: (part: CheckedPart) => void; onAgain: () => void },
): Verified {
  try {
    return askLedger(path, verify, onAgain);
  } catch (problem) {
    const failure = asFailure(problem, path);
    if (!(failure instanceof LedgerError) || failure.code !== 'corrupt') throw failure;
    const text = `can't be opened: ${problem instanceof Error ? problem.message : String(problem)}`;
    const part = checkedPart(fileCheck.name, [{ text, mend: MENDS.restore }]);
    onDamage(part);
    return { machine: null, checks: [part] };
  }
}

/** What a damaged file does not say is no reason not to look at the rest. */
function machineOf(ask: () => string | undefined): string | null {
  try {
    return ask() ?? null;
  } catch {
    return null;
  }
}

function partText({ name, problems, mend }: CheckedPart, sound: string): string {
  if (mend === null) return `ok       ${name.padEnd(13)}  ${sound}`;
  return `problem  ${name.padEnd(13)}  ${problems.join('; ')}. Mend it with: ${mend}`;
}
