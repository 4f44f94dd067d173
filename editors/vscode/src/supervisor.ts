/** Keeps one server alive: starts it when it is wanted, again when it dies, and gives up when that does not help. */

/** A server that runs. */
export interface Running {
  /** Ends it; never rejects. */
  stop(): Promise<void>;
}

/** What the supervisor needs from outside. */
export interface World<S extends Running> {
  /** Starts a server; `died` is called at most once, when it ends although nobody stopped it. */
  start(died: () => void): Promise<S>;
  sleep(milliseconds: number): Promise<void>;
  now(): number;
  /** Told after every change of state. */
  changed(state: State): void;
}

/** There is nothing to start: trying again would not help. */
export class CannotStart extends Error {}

export type State =
  | { readonly is: "stopped" }
  | { readonly is: "starting" }
  | { readonly is: "running" }
  /** It died and is started again in a moment. */
  | { readonly is: "waiting"; readonly attempt: number }
  /** It died too often, or could not be started. */
  | { readonly is: "failed"; readonly reason: string };

/** Waits before a server that died is started again, in milliseconds. After the last one it stays down. */
export const PATIENCE: readonly number[] = [500, 1_000, 2_000, 4_000];
/** A server that lived this long has not died of what killed the one before, in milliseconds. */
export const WELL = 60_000;

export class Supervisor<S extends Running> {
  #state: State = { is: "stopped" };
  #server: S | undefined;
  #starting: Promise<S | undefined> | undefined;
  #attempt = 0;
  #started = 0;
  /** What was begun before this changed is not wanted any more. */
  #generation = 0;

  constructor(private readonly world: World<S>) {}

  get state(): State {
    return this.#state;
  }

  /** The server, started if it is not; `undefined` when there is none to be had. One that failed stays down until `restart`. */
  async get(): Promise<S | undefined> {
    if (this.#server !== undefined) return this.#server;
    if (this.#state.is === "failed") return undefined;
    this.#starting ??= this.#start(this.#generation);
    return this.#starting;
  }

  /** The server, if it runs. */
  get running(): S | undefined {
    return this.#server;
  }

  /** Stops it and starts it anew, with all patience. */
  async restart(): Promise<S | undefined> {
    await this.stop();
    this.#attempt = 0;
    return this.get();
  }

  /** Stops it. */
  async stop(): Promise<void> {
    this.#generation += 1;
    const server = this.#server;
    this.#server = undefined;
    this.#starting = undefined;
    this.#become({ is: "stopped" });
    await server?.stop();
  }

  async #start(generation: number): Promise<S | undefined> {
    this.#become({ is: "starting" });
    // Shared with a callback: the server may die before the promise of its start is kept.
    const life = { dead: false };
    try {
      const server = await this.world.start(() => {
        life.dead = true;
        if (generation === this.#generation && this.#server !== undefined) void this.#died(generation);
      });
      if (generation !== this.#generation) {
        await server.stop();
        return undefined;
      }
      if (life.dead) return await this.#died(generation);
      this.#started = this.world.now();
      this.#server = server;
      this.#starting = undefined;
      this.#become({ is: "running" });
      return server;
    } catch (error) {
      if (generation !== this.#generation) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      if (!(error instanceof CannotStart)) return this.#died(generation, reason);
      this.#fail(reason);
      return undefined;
    }
  }

  /** `reason` is what is known of a death during the start. */
  async #died(generation: number, reason = ""): Promise<S | undefined> {
    const lived = this.#server === undefined ? 0 : this.world.now() - this.#started;
    this.#server = undefined;
    if (lived >= WELL) this.#attempt = 0;
    const wait = PATIENCE[this.#attempt];
    this.#attempt += 1;
    if (wait === undefined) {
      this.#fail(reason);
      return undefined;
    }
    this.#become({ is: "waiting", attempt: this.#attempt });
    const again = this.world
      .sleep(wait)
      .then(() => (generation === this.#generation ? this.#start(generation) : undefined));
    this.#starting = again;
    return again;
  }

  #fail(reason: string): void {
    this.#starting = undefined;
    this.#become({ is: "failed", reason });
  }

  #become(state: State): void {
    this.#state = state;
    this.world.changed(state);
  }
}
