/**
 * Compiles a glob to a predicate on whole names: `*` stands for any text, `?` for one character, all
 * else for itself. Queue names are not paths, so the path globs of Node (where `*` stops at a slash,
 * skips a leading dot and gives meaning to `[`, `{` and `!`) do not fit.
 */
export function compileGlob(glob: string): (name: string) => boolean {
  const pattern = glob
    .replaceAll(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replaceAll(/\*+/g, '[^]*')
    .replaceAll('?', '[^]');
  const whole = new RegExp(`^${pattern}$`, 'u');
  return (name) => whole.test(name);
}

export function globMatchesAll(glob: string): boolean {
  return /^\*+$/.test(glob);
}
