/** Does one thing at a time: what is asked for meanwhile is done once, afterwards. */
export class Refresher {
  #isBusy = false;
  #isAsked = false;

  constructor(private readonly work: () => Promise<void>) {}

  ask(): void {
    this.#isAsked = true;
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#isAsked) {
      this.#isAsked = false;
      // One failure does not end the service; the work says for itself what went wrong.
      await this.work().catch(() => undefined);
    }
    this.#isBusy = false;
  }
}
