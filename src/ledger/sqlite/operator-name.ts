import { hostname, userInfo } from 'node:os';

/** Who runs this process, as `user@host`; a user without a name, as in a container, is a number. */
export function operatorName(): string {
  return `${userName()}@${hostname()}`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
