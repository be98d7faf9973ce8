/** The site's configuration, or a request that it must answer, is wrong; the message says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
