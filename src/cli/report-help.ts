import { Command, type Option } from 'commander';
import { alignedTable } from '../output/table.ts';
import { columnsOfReport } from '../reports/columns-of-report.ts';
import type { ReportDefinition } from '../reports/definition.ts';
import { PLOT_FILES } from '../reports/plot-files/plot-files.ts';
import type { ReportColumn } from '../reports/report.ts';

/**
 * Help on one report: what it tells, the options that it takes, its columns, and a command line that asks for it.
 * @param options of the command that prints reports.
 */
export function reportHelp(definition: ReportDefinition, options: readonly Option[]): string {
  const help = new Command(`qledger report ${definition.name}`)
    .helpOption(false)
    .description(`${definition.title}.`);
  for (const option of options.filter((each) => isTaken(each, definition))) help.addOption(option);
  return [
    help.helpInformation(),
    `Columns:\n${indented(columnTable(columnsOfReport(definition)))}\n`,
    `Example:\n  $ ${exampleOf(definition)}\n`,
  ].join('\n');
}

function isTaken(option: Option, { name, options, chart }: ReportDefinition): boolean {
  switch (option.attributeName()) {
    case 'list':
    case 'help':
      return false;
    case 'period':
      return options.includes('period');
    case 'top':
      return options.includes('top');
    case 'chart':
      return chart !== undefined;
    case 'resource':
      return PLOT_FILES.some(({ report, resource }) => report === name && resource !== 'all');
    default:
      return true;
  }
}

function columnTable(columns: readonly ReportColumn[]): string {
  const rows = columns.map(({ key, label, kind, unit }) => [
    key,
    label,
    unit ?? (kind === 'share' ? 'of 1' : ''),
  ]);
  return alignedTable(['Key', 'In a table', 'Unit'], rows, ['left', 'left', 'left']);
}

function exampleOf({ name, options }: ReportDefinition): string {
  const taken = [
    ...(options.includes('period') ? ['--last quarter', '--period week'] : ['--last month']),
    ...(options.includes('top') ? ['--top 20'] : []),
  ];
  return ['qledger report', name, ...taken, '--machine derecho'].join(' ');
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
