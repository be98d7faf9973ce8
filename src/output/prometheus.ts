/** One measure of many things, told apart by labels. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Gauges in the text format of Prometheus, as the textfile collector of the node exporter reads it. A metric
 * without samples is left out.
 */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, samples }) =>
      [
        `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`,
        `# TYPE ${name} gauge\n`,
        ...samples.map(({ labels, value }) => `${name}{${labelsText(labels)}} ${value}\n`),
      ].join(''),
    )
    .join('');
}

function labelsText(labels: MetricSample['labels']): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}="${escaped(value)}"`)
    .join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
