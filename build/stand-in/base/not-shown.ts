// Runs nowhere by itself. Why it exists: people who trust the stand-in must know what it cannot show. test/README.md,
// "Two hosts: what was verified where", names this list.

/** Where the stand-in differs from Electron, in sentences. */
export const NOT_SHOWN: readonly string[] = [
  "The page's origin is https://kiosk.app.standin instead of app://kiosk; handlers, getURL() and senderFrame do see app://, the page's own location does not. A CSP must say 'self', not app:.",
  'TLS and crypto are OpenSSL (Node) instead of BoringSSL (Electron): legacy p12 files, handshake error codes and cipher rules differ.',
  'Fuses, asar packing and its integrity check, code signing and the OS sandbox of Electron do not exist here; file: and asar paths are not served.',
  'Kiosk and full screen are only as strong as Chromium and the window manager make them; headless they are a size. Focus, stacking, minimising and hiding are state without effect.',
  "A window closed by hand in Chromium is already gone: its 'close' event is not emitted and cannot be prevented. BrowserWindow.close() and app.quit() behave.",
  'Permissions are settled when a page begins to load, by asking the handlers about each permission in turn, not at the moment the page asks; device and screen-capture handlers are only recorded.',
  "Every navigation that main did not start counts as the page's own, so a test's page.goto passes will-navigate too; Electron lets such a one through.",
  "window.open returns a window that closes at once, where Electron's setWindowOpenHandler 'deny' returns null; child windows do not exist.",
  'DOM elements, Blobs and transferred ports do not cross contextBridge or IPC (Electron lets elements cross the bridge). Main-world listeners handed to the preload are kept until the document goes.',
  'No request of a page reaches a network, even where the app would let it; webRequest has only onBeforeRequest for all URLs.',
  'A preload runs in subframes only with nodeIntegrationInSubFrames and only in frames of the same site.',
  'safeStorage keeps its key in a file beside the data: it behaves like a key store and protects nothing.',
  "powerMonitor, screen changes, 'unresponsive', before-input-event, menus, default protocol clients, global shortcuts, login items, power locks, crash dumps and relaunch are recorded or silent.",
  'An uncaught exception in main ends the process, as in Node; Electron shows a dialog and goes on. An unhandled rejection ends it too; Electron only warns.',
  'Headed, after a renderer crash, the window that replaces the old one has tabs unless the app is full screen; without a window manager full screen has no effect.',
  "webContents.print reaches no printer: what would be printed is checked and recorded, and the answer comes from STANDIN_PRINTER; printToPDF is Chromium's own, and works where it is headless.",
  'Native dialogs are answered from a script, or cancelled.',
];
