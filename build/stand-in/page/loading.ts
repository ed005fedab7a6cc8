// Runs in the stand-in's main process. Why it exists: loadURL's promise. It ends with the first of these: the page's
// load event, its failure, its crash, or its window's end.

/** The load that is running in one page, if there is one. */
export class Loading {
  #current: { loaded(): void; failed(reason: Error): void } | null = null;

  get isUnderWay(): boolean {
    return this.#current !== null;
  }

  /** Begins a load and waits for its end; `begin` returns Chromium's error text if it fails at once. */
  async run(url: string, begin: () => Promise<string | null>): Promise<void> {
    const done = Promise.withResolvers<undefined>();
    // It is awaited below; a crash may settle it before that.
    done.promise.catch(() => undefined);
    this.#current = { loaded: () => done.resolve(undefined), failed: done.reject };
    const errorText = await begin();
    if (errorText !== null) {
      this.#current = null;
      throw new Error(`${errorText.replace(/^net::/, '')} loading '${url}'`);
    }
    await done.promise;
  }

  succeed(): void {
    this.#current?.loaded();
    this.#current = null;
  }

  fail(reason: string): void {
    this.#current?.failed(new Error(reason));
    this.#current = null;
  }
}
