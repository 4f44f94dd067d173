import { describe, expect, it } from "vitest";
import { serverSettings, type Inspection } from "../../src/settings";

const section = (values: Record<string, Inspection>) => ({
  get: (key: string) => values[key]?.workspaceFolderValue ?? values[key]?.workspaceValue ?? values[key]?.globalValue,
  inspect: (key: string) => values[key],
});

describe("the server's settings", () => {
  it("are those that somebody has set, wherever", () => {
    const rules = { "title-missing": "off" };
    const settings = serverSettings(
      section({ rules: { globalValue: rules }, select: { workspaceFolderValue: ["all"] } }),
    );
    expect(settings).toEqual({ rules, select: ["all"] });
  });

  it("are none while nothing is set: an empty list of rules to select would select none", () => {
    expect(serverSettings(section({ select: {}, rules: {} }))).toEqual({});
  });

  it("hold what was set to nothing", () => {
    expect(serverSettings(section({ select: { globalValue: [] } }))).toEqual({ select: [] });
  });

  it("leave out what is the extension's own", () => {
    expect(
      serverSettings(section({ "server.path": { globalValue: "/x" }, attach: { globalValue: "always" } })),
    ).toEqual({});
  });
});
