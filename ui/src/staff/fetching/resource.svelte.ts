// Something fetched that can be fetched again. The newest request wins; what is on the screen stays
// there while a new answer is on its way, and when none comes.

export class Resource<T> {
  value = $state.raw<T | undefined>();
  failure = $state.raw<unknown>();
  /** When the value was fetched: "today" on the screen is seen from here. */
  at = $state.raw(new Date());
  #asked = 0;
  readonly #fetch: () => Promise<T>;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  async load(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const value = await this.#fetch();
      if (mine !== this.#asked) return;
      this.value = value;
      this.at = new Date();
      this.failure = undefined;
    } catch (error) {
      if (mine === this.#asked) this.failure = error;
    }
  }
}
