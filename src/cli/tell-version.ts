import { type Command, CommanderError, Option } from 'commander';
import { qledgerVersion } from './version.ts';

/**
 * Lets `--version` stand behind the name of a command too. One that means something else by it, or has a command
 * below it that does, is left alone.
 */
export function tellVersion(command: Command): void {
  const hasOwn = [command, ...command.commands].some(({ options }) =>
    options.some(({ long }) => long === '--version'),
  );
  if (!hasOwn) {
    command.addOption(new Option('-V, --version').hideHelp()).on('option:version', () => {
      process.stdout.write(`${qledgerVersion()}\n`);
      throw new CommanderError(0, 'commander.version', 'version');
    });
  }
  for (const below of command.commands) tellVersion(below);
}
