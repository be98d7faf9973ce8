import type { BaseIssue, IssuePathItem } from 'valibot';
import type { ConfigPath } from './config-line.ts';
import { nearestName } from './nearest-name.ts';

export interface ConfigProblem {
  readonly path: ConfigPath;
  readonly message: string;
}

/**
 * Says, for each fault that the schema of the configuration found, where it is, what was found and what
 * is allowed: `machines.derecho.rules[2].cpu: got "alocated"; allowed: ...`. Lists are counted from 0.
 */
export function configProblems(issues: readonly BaseIssue<unknown>[]): ConfigProblem[] {
  return issues.flatMap((issue) => {
    const path = keysOf(issue.path ?? []);
    const where = keyPath(path);
    if (issue.type === 'raw_check') return { path, message: `${where}: ${issue.message}` };
    if (issue.type === 'strict_object') {
      if (issue.expected === 'never') return unknownKeys(issue);
      if (issue.path?.at(-1)?.origin === 'key') {
        return { path, message: `${where}: is missing and has no default` };
      }
    }
    const allowed =
      issue.type === 'strict_object' ? `a table with the keys ${issue.message}` : issue.message;
    return { path, message: `${where}: got ${shown(issue.input)}; allowed: ${allowed}` };
  });
}

/** Valibot reports the first unknown key of a table only. */
function unknownKeys({ path, message }: BaseIssue<unknown>): ConfigProblem[] {
  const known = message.split(', ');
  const section = path?.at(-1)?.input;
  if (typeof section !== 'object' || section === null) return [];
  const parent = keysOf(path ?? []).slice(0, -1);
  return Object.keys(section)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
      const where = [...parent, key];
      const allowed = known.join(', ');
      return {
        path: where,
        message: `${keyPath(where)}: unknown key${hint} (allowed: ${allowed})`,
      };
    });
}

function keysOf(path: readonly IssuePathItem[]): ConfigPath {
  return path.map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

function keyPath(path: ConfigPath): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${tomlKey(key)}`))
    .join('')
    .replace(/^\./, '');
}

function tomlKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}
