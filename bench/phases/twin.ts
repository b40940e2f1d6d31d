/* The twin with the functions of template.yaml, for `node bench/phases/index.ts`: tells its URL, and when asked how long functions ran. */
import { readFileSync } from 'node:fs';
import { start } from '../../src/local/index.ts';

const durations: number[] = [];
const { outputs } = await start(readFileSync('template.yaml', 'utf8'), {
  parameters: { AuthorizationType: 'NONE' },
  onLog({ message }) {
    if (!message.includes('"platform.report"')) return;
    const { record } = JSON.parse(message);
    durations.push(record.metrics.durationMs);
  },
});
process.send?.(outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value);
process.on('message', () => process.send?.(durations.splice(0)));
process.once('disconnect', () => process.exit());
