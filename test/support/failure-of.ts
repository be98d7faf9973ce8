/** The error that an attempt ends with. */
export async function failureOf(attempt: Promise<unknown>): Promise<Error> {
  try {
    await attempt;
  } catch (failure) {
    if (failure instanceof Error) return failure;
  }
  throw new Error('it did not fail');
}
