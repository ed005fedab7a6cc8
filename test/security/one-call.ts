/** One call under a merchant's certificate, in a process of its own: its result is the last line that it prints. */
import { readFileSync } from 'node:fs';
import { systemClock } from '../../electron/base/clock.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';

const [url = '', certFile = '', keyFile = '', caFile = ''] = process.argv.slice(2);
const text = (file: string): string => readFileSync(file, 'utf8');
const identity = { certPem: text(certFile), keyPem: text(keyFile), caPem: caFile === '' ? null : text(caFile) };
const transport = httpsTransport(identity, { connectTimeoutMs: 5_000, callTimeoutMs: 5_000 }, systemClock());
const delivery = await transport.post(url, '<xml/>');
transport.close();
console.log(delivery.ok ? 'answered' : delivery.why);
