/** Formats that any report can be printed in. */
export const REPORT_FORMATS = ['table', 'csv', 'json', 'ndjson', 'markdown', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
