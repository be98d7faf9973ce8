import type { KernelExports } from '../../kernel/kernel.ts';

/** Parameters of the kernel, which are addresses where they name memory. */
export type LineParameter =
  | 'bytes'
  | 'bytesEnd'
  | 'capacity'
  | 'numbers'
  | 'textStarts'
  | 'textLengths'
  | 'codes'
  | 'identities'
  | 'qosCodes'
  | 'incomplete'
  | 'endDays'
  | 'selectCodes'
  | 'rows'
  | 'delimiter'
  | 'columns'
  | 'longestLine'
  | 'soundEncoding'
  | 'line'
  | 'lineStart'
  | 'lineEnd'
  | 'lineCount'
  | 'marks'
  | 'lineMarks'
  | 'oddities'
  | 'hasQuote'
  | 'isAscii'
  | 'markBefore'
  | 'fieldCount'
  | 'controlled'
  | 'plan'
  | 'numbersEnd'
  | 'planEnd'
  | 'shortIdColumn'
  | 'arrayIndexColumn'
  | 'submitColumn'
  | 'eligibleColumn'
  | 'startColumn'
  | 'endColumn'
  | 'lineColumn'
  | 'selectColumn'
  | 'latestEnd'
  | 'tables'
  | 'tableSlots'
  | 'nextCodes'
  | 'newTexts'
  | 'newTextCount'
  | 'plainFrom'
  | 'plainTo'
  | 'plainOffset'
  | 'mostCodes'
  | 'selects'
  | 'queues'
  | 'qosOfPriorities'
  | 'defaultQos'
  | 'noAccount'
  | 'defaultCpuType'
  | 'dayFrom'
  | 'dayTo'
  | 'dayOffset'
  | `${'ranks' | 'threads' | 'nodes' | 'cpus' | 'gpus' | 'elapsed' | 'requested' | 'used' | 'last'}Column`
  | `${'cpuHours' | 'gpuHours' | 'memoryHours'}Column`
  | `${'account' | 'queue' | 'priority' | 'cpuType' | 'gpuType'}Column`;

export type LineExports = KernelExports &
  Readonly<Record<LineParameter, WebAssembly.Global>> & {
    findMarks(): void;
    beginLines(): void;
    readLines(): number;
    passLine(): void;
    codeOf(column: number, start: number, end: number): number;
    completeRows(first: number, end: number): number;
  };

/** Sets parameters by their names. */
export function setParameters(
  exports: LineExports,
  values: Partial<Record<LineParameter, number>>,
): void {
  for (const [name, value] of Object.entries(values)) exports[name as LineParameter].value = value;
}
