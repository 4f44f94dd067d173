import { describe, expect, it } from "vitest";
import { chooseServer, explainMissing, type Machine } from "../../src/server";

const machine = (files: readonly string[], isWindows = false): Machine => ({
  isWindows,
  home: "/home/li",
  path: ["/usr/bin", "/opt/bin"],
  exists: (file) => files.includes(file),
});

describe("the choice of the server", () => {
  it("follows the setting", () => {
    const found = chooseServer(" ~/gouji ", "/ext/gouji", machine(["/home/li/gouji", "/ext/gouji"]));
    expect(found).toEqual({ path: "/home/li/gouji", from: "setting" });
  });

  it("takes no other when the setting names nothing", () => {
    const found = chooseServer("/x/gouji", "/ext/gouji", machine(["/ext/gouji"]));
    expect(found).toEqual({ missing: "/x/gouji", from: "setting" });
  });

  it("prefers the one that comes along to one on PATH", () => {
    const files = ["/ext/gouji", "/opt/bin/gouji"];
    expect(chooseServer("", "/ext/gouji", machine(files))).toEqual({ path: "/ext/gouji", from: "bundled" });
    expect(chooseServer("", "/ext/gouji", machine(files.slice(1)))).toEqual({ path: "/opt/bin/gouji", from: "PATH" });
  });

  it("knows what programs are called on Windows", () => {
    const found = chooseServer("", "C:/ext/gouji", machine(["C:/ext/gouji.exe", "C:/ext/gouji"], true));
    expect(found).toEqual({ path: "C:/ext/gouji.exe", from: "bundled" });
  });

  it("says so when there is none", () => {
    expect(chooseServer("", "/ext/gouji", machine([]))).toEqual({ missing: "/ext/gouji", from: "none" });
  });

  it("names the setting that is to blame, and only then", () => {
    expect(explainMissing({ missing: "/x/gouji", from: "setting" })).toMatch(/gouji\.server\.path.*\/x\/gouji/u);
    expect(explainMissing({ missing: "/ext/gouji", from: "none" })).not.toContain("gouji.server.path");
  });
});
