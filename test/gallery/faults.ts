/**
 * What no screen may ever do, recorded from the first moment on: break the content security policy, write a <style>,
 * log an error.
 */
const faults: string[] = [];

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
  faults.push(`csp: ${violatedDirective} ${blockedURI} ${sample}`),
);
window.addEventListener('error', ({ message }) => faults.push(`error: ${message}`));
window.addEventListener('unhandledrejection', ({ reason }) => faults.push(`rejection: ${String(reason)}`));
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      if (node.matches('style') || node.querySelector('style') !== null)
        faults.push(`style: ${node.outerHTML.slice(0, 120)}`);
    }
  }
}).observe(document, { childList: true, subtree: true });

/** Returns the records, and forgets them. */
export const takeFaults = (): string[] => faults.splice(0);
