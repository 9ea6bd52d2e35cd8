// Something fetched that can be fetched again; what is on the screen stays there while a new answer
// is on its way, and when none comes. One request at a time: whoever asks meanwhile shares the next
// one. An import changes thousands of records, and each change asked for the caseload anew.

export class Resource<T> {
  value = $state.raw<T | undefined>();
  failure = $state.raw<unknown>();
  /** When the value was fetched: "today" on the screen is seen from here. */
  at = $state.raw(new Date());
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  readonly #fetch: () => Promise<T>;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  /** Fetches what is true now: by a request that begins after this call. */
  load(): Promise<void> {
    if (this.#running === undefined) return this.#begin();
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.#begin();
    });
    return this.#next;
  }

  #begin(): Promise<void> {
    this.#running = this.#fetchOnce().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #fetchOnce(): Promise<void> {
    try {
      this.value = await this.#fetch();
      this.at = new Date();
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    }
  }
}
