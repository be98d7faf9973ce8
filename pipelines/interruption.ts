/** A run was told to end; what was committed stays. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** What the operating system told it by. */
  readonly signalName: NodeJS.Signals;

  constructor(signalName: NodeJS.Signals) {
    super(
      `interrupted by ${signalName}. A ledger in service is as of the last commit; run the same command again to go on.`,
    );
    this.signalName = signalName;
  }

  /** @throws Interruption where the signal is aborted. */
  static throwIfAborted(signal: AbortSignal | undefined): void {
    if (signal?.aborted === true) throw Interruption.of(signal);
  }

  /** @returns the reason of an aborted signal. */
  static of({ reason }: AbortSignal): Interruption {
    return reason instanceof Interruption ? reason : new Interruption('SIGTERM');
  }
}
