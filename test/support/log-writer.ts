/** A process of its own that writes `count` numbered lines of about `bytes` bytes each into a log. */
import { fileLog, type LogName } from '../../electron/base/log.ts';

const [folder = '', name = 'facepay', bytesMax = '', count = '', bytes = ''] = process.argv.slice(2);
const log = fileLog(folder, name as LogName, Number(bytesMax));
for (let line = 0; line < Number(count); line += 1)
  log.info({ line, padding: 'x'.repeat(Number(bytes)) }, 'one of many');
log.error({ last: true }, 'the last line');
