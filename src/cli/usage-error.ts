/** An option's value, or a combination of options, asks for nothing that can be done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
