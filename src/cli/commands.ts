import type { Command } from 'commander';

type MakeCommand = (exitWith: (code: number) => void) => Promise<Command>;

/** All commands by their names, in the order of the help. */
const COMMANDS: ReadonlyMap<string, MakeCommand> = new Map<string, MakeCommand>([
  ['ingest', async (exitWith) => (await import('./ingest-command.ts')).ingestCommand(exitWith)],
  ['status', async () => (await import('./status-command.ts')).statusCommand()],
  ['usage', async () => (await import('./usage-command.ts')).usageCommand()],
  ['report', async () => (await import('./report-command.ts')).reportCommand()],
  ['jobs', async () => (await import('./jobs-command.ts')).jobsCommand()],
  ['job', async () => (await import('./job-command.ts')).jobCommand()],
  ['runs', async () => (await import('./runs-command.ts')).runsCommand()],
  ['rejects', async () => (await import('./rejects-command.ts')).rejectsCommand()],
  ['check', async (exitWith) => (await import('./check-command.ts')).checkCommand(exitWith)],
  ['digest', async () => (await import('./digest-command.ts')).digestCommand()],
  ['diff', async (exitWith) => (await import('./diff-command.ts')).diffCommand(exitWith)],
  ['verify', async (exitWith) => (await import('./verify-command.ts')).verifyCommand(exitWith)],
  [
    'recharge',
    async (exitWith) => (await import('./recharge-command.ts')).rechargeCommand(exitWith),
  ],
  ['rebuild', async (exitWith) => (await import('./rebuild-command.ts')).rebuildCommand(exitWith)],
  ['migrate', async (exitWith) => (await import('./migrate-command.ts')).migrateCommand(exitWith)],
  ['rules', async () => (await import('./rules-command.ts')).rulesCommand()],
]);

/**
 * The command that a command line begins with, alone, for each takes its time to load; all of them where it begins
 * with none.
 * @param exitWith takes the exit status of the process from a command that says something by it.
 */
export function commandsFor(
  args: readonly string[],
  exitWith: (code: number) => void,
): Promise<Command[]> {
  const named = COMMANDS.get(args[0] ?? '');
  const wanted = named === undefined ? [...COMMANDS.values()] : [named];
  return Promise.all(wanted.map((make) => make(exitWith)));
}
