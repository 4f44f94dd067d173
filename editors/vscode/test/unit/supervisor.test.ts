import { describe, expect, it } from "vitest";
import { CannotStart, PATIENCE, Supervisor, WELL, type State, type World } from "../../src/supervisor";

/** A world in which time passes only in `sleep`, and servers die when told to. */
function world(starts: (attempt: number) => void = () => undefined) {
  const seen: string[] = [];
  const slept: number[] = [];
  const servers: { die: () => void; stopped: boolean; stop(): Promise<void> }[] = [];
  let now = 0;
  const it: World<(typeof servers)[number]> = {
    start: (died) => {
      starts(servers.length);
      const server = {
        die: died,
        stopped: false,
        stop: () => {
          server.stopped = true;
          return Promise.resolve();
        },
      };
      servers.push(server);
      return Promise.resolve(server);
    },
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    now: () => now,
    changed: (state: State) => seen.push(state.is),
  };
  return { it, seen, slept, servers, pass: (milliseconds: number) => (now += milliseconds) };
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe("the supervisor", () => {
  it("starts one server for all who ask", async () => {
    const { it, servers } = world();
    const supervisor = new Supervisor(it);
    const [one, other] = await Promise.all([supervisor.get(), supervisor.get()]);
    expect(one).toBe(other);
    expect(await supervisor.get()).toBe(one);
    expect(servers).toHaveLength(1);
  });

  it("starts it again after it died, ever later, and then stops", async () => {
    const { it, slept, servers } = world();
    const supervisor = new Supervisor(it);
    await supervisor.get();
    for (let death = 0; death <= PATIENCE.length; death += 1) {
      servers.at(-1)?.die();
      await settled();
    }
    expect(slept).toEqual(PATIENCE);
    expect(servers).toHaveLength(PATIENCE.length + 1);
    expect(supervisor.state).toEqual({ is: "failed", reason: "" });
    expect(await supervisor.get()).toBeUndefined();
    expect(servers).toHaveLength(PATIENCE.length + 1);
  });

  it("forgets old deaths once a server has lived well", async () => {
    const { it, slept, servers, pass } = world();
    const supervisor = new Supervisor(it);
    await supervisor.get();
    for (let death = 0; death < 10; death += 1) {
      pass(WELL);
      servers.at(-1)?.die();
      await settled();
    }
    expect(new Set(slept)).toEqual(new Set([PATIENCE[0]]));
    expect(supervisor.state.is).toBe("running");
  });

  it("does not try again what cannot be started, and says why", async () => {
    const { it, slept } = world(() => {
      throw new CannotStart("没有");
    });
    const supervisor = new Supervisor(it);
    expect(await supervisor.get()).toBeUndefined();
    expect(supervisor.state).toEqual({ is: "failed", reason: "没有" });
    expect(slept).toEqual([]);
  });

  it("takes an end during the start for a death like any other, and says what is known of it", async () => {
    let starts = 0;
    const { it, slept } = world(() => {
      starts += 1;
      throw new Error("管道已关闭");
    });
    const supervisor = new Supervisor(it);
    expect(await supervisor.get()).toBeUndefined();
    expect(slept).toEqual(PATIENCE);
    expect(starts).toBe(PATIENCE.length + 1);
    expect(supervisor.state).toEqual({ is: "failed", reason: "管道已关闭" });
  });

  it("starts a failed one when the user says so, with all patience", async () => {
    const { it, servers } = world((attempt) => {
      if (attempt === 0 && broken) throw new CannotStart("没有");
    });
    let broken = true;
    const supervisor = new Supervisor(it);
    await supervisor.get();
    broken = false;
    expect(await supervisor.restart()).toBe(servers[0]);
    expect(supervisor.state.is).toBe("running");
  });

  it("stops a server for good: its end is no death", async () => {
    const { it, seen, slept, servers } = world();
    const supervisor = new Supervisor(it);
    await supervisor.get();
    await supervisor.stop();
    servers[0]?.die();
    await settled();
    expect(servers[0]?.stopped).toBe(true);
    expect(slept).toEqual([]);
    expect(seen).toEqual(["starting", "running", "stopped"]);
  });

  it("ends a server that comes up after it was stopped", async () => {
    const { it, servers } = world();
    const supervisor = new Supervisor(it);
    const starting = supervisor.get();
    await supervisor.stop();
    expect(await starting).toBeUndefined();
    expect(servers[0]?.stopped).toBe(true);
    expect(supervisor.running).toBeUndefined();
  });
});
