/** Where a value of the configuration is: the keys that lead to it, and places in lists, counted from 0. */
export type ConfigPath = readonly (string | number)[];

/**
 * Finds the line, counted from 1, that a value of a TOML text stands on, or else the nearest table around it.
 * The parser tells no places, so this reads headers and the beginnings of `key = value` lines; a text of
 * several lines that looks like them could mislead it.
 */
export function lineInToml(toml: string, path: ConfigPath): number | undefined {
  let found: number | undefined;
  let foundKeys = 0;
  const lists = new Map<string, number>();
  let table: ConfigPath = [];
  for (const [i, line] of toml.split(/\r?\n/).entries()) {
    const header = /^\s*(\[\[?)(.+?)\]\]?\s*(?:#.*)?$/.exec(line);
    const keys = header?.[2] ?? /^\s*((?:"[^"]*"|'[^']*'|[\w.\s-])+?)\s*=/.exec(line)?.[1];
    if (keys === undefined) continue;
    if (header !== null) table = tablePath(keysOf(keys), header[1] === '[[', lists);
    const here = header === null ? [...table, ...keysOf(keys)] : table;
    if (here.length > foundKeys && here.every((key, at) => key === path[at])) {
      found = i + 1;
      foundKeys = here.length;
    }
  }
  return found;
}

/** The path of a header: a list among its keys means the last element so far. */
function tablePath(keys: readonly string[], isElement: boolean, lists: Map<string, number>) {
  const path: (string | number)[] = [];
  for (const [i, key] of keys.entries()) {
    path.push(key);
    const list = JSON.stringify(path);
    const count = lists.get(list) ?? 0;
    if (isElement && i === keys.length - 1) {
      lists.set(list, count + 1);
      path.push(count);
    } else if (count > 0) {
      path.push(count - 1);
    }
  }
  return path;
}

function keysOf(dotted: string): string[] {
  return (dotted.match(/"[^"]*"|'[^']*'|[\w-]+/g) ?? []).map((key) =>
    key.replace(/^["']|["']$/g, ''),
  );
}
