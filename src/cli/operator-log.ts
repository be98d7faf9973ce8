import { visibleText } from '../output/visible-text.ts';

/** Tells an operator on stderr of what goes on: sentences, or JSON, an object a line. */
export interface OperatorLog {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** @param form `json` for lines that a log collector reads. */
export function operatorLog(form: 'text' | 'json', stream: NodeJS.WritableStream): OperatorLog {
  const write = (
    level: string,
    message: string,
    facts: Readonly<Record<string, unknown>> = {},
  ): void => {
    const time = new Date().toISOString();
    stream.write(`${JSON.stringify({ time, level, message, ...facts })}\n`);
  };
  if (form === 'json') {
    return {
      info: (message, facts) => write('info', message, facts),
      warn: (message, facts) => write('warning', message, facts),
      error: (message, facts) => write('error', message, facts),
    };
  }
  const writeText = (text: string): void => {
    // A message may quote a file: a label, a path, a value.
    stream.write(`qledger: ${text.split('\n').map(visibleText).join('\n')}\n`);
  };
  return {
    info: writeText,
    warn: (message) => writeText(`warning: ${message}`),
    error: writeText,
  };
}
