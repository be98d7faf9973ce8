import type { BaseIssue, IssuePathItem } from 'valibot';
import { nearestName } from './nearest-name.ts';

/**
 * Says, for each fault that the schema of the configuration found, where it is, what was found and what
 * is allowed: `machines.derecho.rules[2].cpu: got "alocated"; allowed: ...`. Lists are counted from 0.
 */
export function configProblems(issues: readonly BaseIssue<unknown>[]): string[] {
  return issues.flatMap((issue) => {
    const path = issue.path ?? [];
    const where = keyPath(path);
    if (issue.type === 'raw_check') return `${where}: ${issue.message}`;
    if (issue.type === 'strict_object') {
      if (issue.expected === 'never') return unknownKeys(path, issue.message.split(', '));
      if (path.at(-1)?.origin === 'key') return `${where}: is missing and has no default`;
      return `${where}: got ${shown(issue.input)}; allowed: a table with the keys ${issue.message}`;
    }
    return `${where}: got ${shown(issue.input)}; allowed: ${issue.message}`;
  });
}

/** Valibot reports the first unknown key of a table only. */
function unknownKeys(path: readonly IssuePathItem[], known: readonly string[]): string[] {
  const section = path.at(-1)?.input;
  if (typeof section !== 'object' || section === null) return [];
  const parent = keyPath(path.slice(0, -1));
  return Object.keys(section)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
      const where = parent === '' ? tomlKey(key) : `${parent}.${tomlKey(key)}`;
      return `${where}: unknown key${hint} (allowed: ${known.join(', ')})`;
    });
}

function keyPath(path: readonly IssuePathItem[]): string {
  return path
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${tomlKey(String(key))}`))
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
