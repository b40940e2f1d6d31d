/*
 * Runs the twin with the functions of template.yaml, for ../twin-parts.ts. Sends its URL and, on request, the durations of
 * functions.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { start } from '../../src/twin/index.ts';
import { open } from './parameters.ts';

const [, , data = ''] = process.argv;
const durations: number[] = [];
const template = readFileSync(resolve(import.meta.dirname, '../../template.yaml'), 'utf8');
const { outputs, stop } = await start(template, {
  parameters: open,
  data,
  onLog({ message }) {
    if (!message.includes('"platform.report"')) return;
    const { record } = JSON.parse(message);
    durations.push(record.metrics.durationMs);
  },
});
process.once('disconnect', stop);
process.on('message', () => process.send?.(durations.splice(0)));
process.send?.(outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value);
