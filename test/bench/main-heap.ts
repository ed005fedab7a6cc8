/** Main's own heap, read through Node's inspector. */
import { z } from 'zod';
import type { KioskHost } from '../../build/stand-in/launcher/launch.ts';

/** For the app's environment: main then prints where its inspector listens. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

const replySchema = z.object({ id: z.number(), result: z.looseObject({ usedSize: z.number().optional() }).optional() });

/** Bytes in use after a collection; `null` where main has no inspector: Electron takes no such option. */
export async function mainHeapOf(kiosk: KioskHost): Promise<number | null> {
  const address = /Debugger listening on (ws:\S+)/.exec(kiosk.output())?.[1];
  if (address === undefined) return null;
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`no inspector at ${address}`)));
  });
  try {
    await ask(socket, 1, 'HeapProfiler.collectGarbage');
    await ask(socket, 2, 'HeapProfiler.collectGarbage');
    return await ask(socket, 3, 'Runtime.getHeapUsage');
  } finally {
    socket.close();
  }
}

function ask(socket: WebSocket, id: number, method: string): Promise<number> {
  return new Promise((resolve) => {
    const onMessage = ({ data }: MessageEvent): void => {
      const said = replySchema.safeParse(JSON.parse(String(data)));
      if (!said.success || said.data.id !== id) return;
      socket.removeEventListener('message', onMessage);
      resolve(said.data.result?.usedSize ?? 0);
    };
    socket.addEventListener('message', onMessage);
    socket.send(JSON.stringify({ id, method }));
  });
}
