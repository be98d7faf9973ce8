import { readFileSync } from 'node:fs';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { safeParse } from 'valibot';
import { ConfigError } from './config-error.ts';
import { lineInToml } from './config-line.ts';
import { type ConfigProblem, configProblems } from './config-problems.ts';
import { configSchema } from './config-schema.ts';
import type { Machine, Site } from './machine.ts';
import { machineFromConfig } from './machine-from-config.ts';
import { PRESETS } from './presets.ts';

const DEFAULT_PATH = 'qledger.toml';

/**
 * Reads the site's machines: the presets, and those of the configuration file, which replace a preset of
 * the same name as a whole. Without a path, `qledger.toml` of the working directory is read if it is there.
 * @throws ConfigError naming the file and every problem in it.
 */
export function loadSite(path: string | undefined): Site {
  const file = path ?? DEFAULT_PATH;
  const toml = readConfig(file, path !== undefined);
  if (toml === undefined) return siteOf([], 'built-in presets');
  const result = safeParse(configSchema, parseToml(file, toml));
  if (!result.success) throw invalidConfig(file, toml, configProblems(result.issues));
  const machines = Object.entries(result.output.machines);
  return siteOf(
    machines.map(([name, machine]) => machineFromConfig(name, machine)),
    file,
  );
}

function siteOf(configured: readonly Machine[], origin: string): Site {
  const machines = new Map([...PRESETS, ...configured].map((machine) => [machine.name, machine]));
  return { machines, origin };
}

/** @returns undefined where the file is missing and not required. */
function readConfig(file: string, required: boolean): string | undefined {
  try {
    // The decoder drops the byte order mark of some editors and refuses what is not UTF-8.
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const missing = 'code' in error && error.code === 'ENOENT';
    if (missing && !required) return undefined;
    const reason = missing ? 'there is no such file' : error.message;
    throw new ConfigError(
      `cannot read the configuration ${file}: ${reason}\n` +
        '  give the path of a TOML file in UTF-8, or none to use ./qledger.toml or the presets',
      { cause: error },
    );
  }
}

function parseToml(file: string, toml: string): TomlTable {
  try {
    return parse(toml);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new ConfigError(`${file}:${error.line}:${error.column}: ${error.message.trimEnd()}`, {
      cause: error,
    });
  }
}

function invalidConfig(
  file: string,
  toml: string,
  problems: readonly ConfigProblem[],
): ConfigError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const lines = problems.map(({ path, message }) => {
    const line = lineInToml(toml, path);
    return line === undefined ? `  ${file}: ${message}\n` : `  ${file}:${line}: ${message}\n`;
  });
  return new ConfigError(
    `${file} has ${count}:\n${lines.join('')}  docs/configuration.md explains every key`,
  );
}
