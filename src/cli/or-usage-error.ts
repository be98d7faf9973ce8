import { UsageError } from './usage-error.ts';

/** Writes what an option names. @throws UsageError that names the option and the path, where that fails. */
export async function orUsageError(
  option: string,
  path: string,
  write: () => Promise<unknown>,
): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${option} ${path}: can't be written: ${why}`, { cause });
  }
}
