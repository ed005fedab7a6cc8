/** Runs beside the customer's page, sandboxed: one event comes in, and nothing goes out. */
import { contextBridge, ipcRenderer } from 'electron';
import { CUSTOMER_CHANNEL, type CustomerBridge } from '../shared/ipc-channels.ts';

const bridge: CustomerBridge = {
  subscribe(listener) {
    ipcRenderer.on(CUSTOMER_CHANNEL, (_event, shown: unknown) => {
      listener(shown);
    });
  },
};

contextBridge.exposeInMainWorld('customer', bridge);
