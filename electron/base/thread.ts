import { Worker } from 'node:worker_threads';

/**
 * The first message of a thread started with `script`. Rejects if the thread fails or ends without a message. `signal`
 * ends it.
 */
export const answerOfThread = (script: string, workerData: unknown, signal?: AbortSignal): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData, execArgv: [], env: {} });
    signal?.addEventListener('abort', () => void worker.terminate());
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error(`the thread of ${script} ended without a word`));
    });
  });
