// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { step } from "../../src/preview/grid";
import { pageHtml } from "../../src/preview/html";
import type { Cell, FromPage, Preview, Range, Relation, Table } from "../../src/preview/model";
import { draw } from "../../src/preview/page";
import { Refresher } from "../../src/preview/refresher";
import { headerLevels } from "../../src/preview/spans";

const range = (line: number, character = 0): Range => ({
  start: { line, character },
  end: { line, character: character + 2 },
});
const label = (text: string, ...groups: string[]) => ({ label: text, groups });

describe("header cells", () => {
  it("span what stands under the same label", () => {
    const columns = [label("自然人"), label("商业企业", "组织"), label("其他", "组织"), label("总计")];
    const levels = headerLevels(columns).map((level) => level.map((it) => [it.text, it.span, it.depth]));
    expect(levels).toEqual([
      [
        ["自然人", 1, 2],
        ["组织", 2, 1],
        ["总计", 1, 2],
      ],
      [
        ["商业企业", 1, 1],
        ["其他", 1, 1],
      ],
    ]);
  });

  it("do not span equal labels under different ones, nor across a gap", () => {
    const texts = (labels: ReturnType<typeof label>[]) =>
      headerLevels(labels).map((level) => level.map((it) => `${it.text}×${it.span}`));
    expect(texts([label("甲", "诉讼", "直接"), label("乙", "复议", "直接")])[1]).toEqual(["直接×1", "直接×1"]);
    expect(texts([label("甲", "一"), label("乙"), label("丙", "一")])[0]).toEqual(["一×1", "乙×1", "一×1"]);
  });

  it("are none for the one nameless row", () => {
    expect(headerLevels([label("")])).toEqual([]);
  });
});

describe("keys", () => {
  const grid = [[0, 1, 2], [3, 4, 5], [6]];
  it.each([
    [0, "ArrowRight", 1],
    [2, "ArrowRight", 2],
    [0, "ArrowUp", 0],
    [1, "ArrowDown", 4],
    [5, "ArrowDown", 6],
    [6, "ArrowUp", 3],
    [4, "Home", 3],
    [4, "End", 5],
    [4, "a", undefined],
  ])("from %i by %s to %s", (cell, key, next) => {
    expect(step(grid, cell, key)).toBe(next);
  });
});

describe("the page", () => {
  const cell = (text: string, line: number, more: Partial<Cell> = {}): Cell => ({
    name: `格${line}`,
    text,
    range: range(line),
    kind: "number",
    finding: null,
    ...more,
  });
  const sum: Relation = {
    rule: "sum",
    standing: "broken",
    sentence: "甲 1＋乙 2＝3，不等于总计 4，差 1",
    total: 2,
    cells: [0, 1, 2],
  };
  const table = (more: Partial<Table> = {}): Table => ({
    kind: "table",
    name: "表三",
    range: range(0),
    unreadable: null,
    blocks: [
      {
        caption: null,
        corner: "项目",
        banner: "情况",
        columns: [label("件数")],
        rows: [
          { ...label("甲", "结果"), range: range(1) },
          { ...label("乙", "结果"), range: range(2) },
          { ...label("总计"), range: range(3) },
        ],
      },
    ],
    cells: [cell("1", 1), cell("2", 2), cell("4", 3, { finding: 0 })],
    relations: [sum],
    strays: [],
    ...more,
  });
  const preview = (...items: Table[]): Preview => ({
    version: 1,
    reports: [
      {
        form: "年度报告",
        agency: "某县",
        year: 2025,
        range: range(0),
        relations: { holds: 3, broken: 1, unknown: 0 },
        findings: [{ rule: "sum", severity: "error", message: "差 1", range: range(3) }],
        items: [
          { kind: "heading", range: range(0), pieces: [{ text: "三、<b>申请</b>", range: range(0), finding: null }] },
          ...items,
        ],
      },
    ],
  });

  let sent: FromPage[];
  let root: HTMLElement;
  const show = (it: Preview) => {
    draw(root, it, (message) => sent.push(message));
  };
  const figure = (index: number): HTMLElement => {
    const found = root.querySelector<HTMLElement>(`td[data-cell="${index}"]`);
    if (found === null) throw new Error(`no cell ${index}`);
    return found;
  };
  const tip = () => root.querySelector<HTMLElement>("[role=tooltip]");
  const press = (target: HTMLElement, key: string) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

  beforeEach(() => {
    document.body.innerHTML = '<main id="root"></main>';
    root = document.body.firstElementChild as HTMLElement;
    sent = [];
  });

  it("shows a table as one, with its heads in order", () => {
    show(preview(table()));
    const rows = [...root.querySelectorAll("tr")].map((row) => [...row.children].map((it) => it.textContent));
    expect(rows).toEqual([["项目", "情况"], ["件数"], ["结果", "甲", "1"], ["乙", "2"], ["总计", "4"]]);
    expect(root.querySelector("table")?.getAttribute("aria-label")).toBe("表三");
  });

  it("gives what is over to the last column of a narrow block", () => {
    const block = (...columns: string[]) => ({
      caption: "项",
      corner: null,
      banner: null,
      columns: columns.map((it) => label(it)),
      rows: [{ ...label("甲"), range: range(1) }],
    });
    show(preview(table({ blocks: [block("一", "二", "三"), block("四")], relations: [] })));
    for (const row of root.querySelectorAll<HTMLTableRowElement>("table tr")) {
      expect([...row.cells].reduce((sum, it) => sum + it.colSpan, 0)).toBe(4);
    }
  });

  it("colours what is broken, and says it without colour", () => {
    show(preview(table()));
    expect(figure(2).classList.contains("broken")).toBe(true);
    expect(figure(0).classList.contains("in-broken")).toBe(true);
    expect(figure(2).getAttribute("aria-label")).toBe("格3，4，所在的勾稽关系不成立");
    show(preview(table({ relations: [{ ...sum, standing: "holds" }] })));
    expect(root.querySelectorAll(".broken, .in-broken")).toHaveLength(0);
  });

  it("goes to the cell that is clicked", () => {
    show(preview(table()));
    figure(1).click();
    expect(sent).toEqual([{ type: "go", range: range(2) }]);
  });

  it("goes nowhere from a cell that the document does not have", () => {
    show(preview(table({ cells: [cell("", 1, { range: null, kind: "missing" }), cell("2", 2), cell("4", 3)] })));
    expect(figure(0).textContent).toBe("缺");
    figure(0).click();
    expect(sent).toEqual([]);
  });

  it("shows the terms of a total while it is pointed at", () => {
    show(preview(table()));
    figure(2).dispatchEvent(new MouseEvent("mouseenter"));
    expect(tip()?.hidden).toBe(false);
    expect(tip()?.textContent).toBe(sum.sentence);
    expect([...root.querySelectorAll(".term")].map((it) => it.textContent)).toEqual(["1", "2"]);
    figure(2).dispatchEvent(new MouseEvent("mouseleave"));
    expect(tip()?.hidden).toBe(true);
    expect(root.querySelectorAll(".term")).toHaveLength(0);
  });

  it("is walked by keys: one stop a table, arrows within, Enter to the text, Escape to hide", () => {
    show(preview(table()));
    expect(root.querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
    figure(0).focus();
    press(figure(0), "ArrowDown");
    press(figure(1), "ArrowDown");
    expect(document.activeElement).toBe(figure(2));
    expect([...root.querySelectorAll('td[tabindex="0"]')]).toEqual([figure(2)]);
    expect(tip()?.hidden).toBe(false);
    press(figure(2), "Escape");
    expect(tip()?.hidden).toBe(true);
    press(figure(2), "Enter");
    expect(sent).toEqual([{ type: "go", range: range(3) }]);
  });

  it("keeps the focus when it is drawn again", () => {
    show(preview(table()));
    figure(1).focus();
    show(preview(table()));
    expect(document.activeElement).toBe(figure(1));
  });

  it("shows the words of a document as words", () => {
    show(preview());
    expect(root.querySelector("h2")?.textContent).toBe("三、<b>申请</b>");
    expect(root.querySelector("h2 b")).toBeNull();
  });

  it("says why a table cannot be read, and leads there", () => {
    show(preview(table({ unreadable: "列已丢失", cells: [], blocks: [] })));
    const link = root.querySelector<HTMLElement>(".unreadable button");
    expect(link?.textContent).toBe("表三：列已丢失");
    link?.click();
    expect(sent).toEqual([{ type: "go", range: range(0) }]);
  });

  it("has a rule explained", () => {
    show(preview());
    root.querySelector<HTMLElement>("button.rule")?.click();
    expect(sent).toEqual([{ type: "explain", rule: "sum" }]);
  });

  it("says that there is no report", () => {
    show({ version: 1, reports: [] });
    expect(root.textContent).toBe("这份文档中没有报告。");
  });
});

describe("the page's policy", () => {
  it("lets in the two files and nothing else", () => {
    const html = pageHtml({ nonce: "abc", source: "vscode-resource:", script: "s.js", style: "s.css" });
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1];
    expect(policy).toBe(
      "default-src 'none'; style-src vscode-resource:; script-src 'nonce-abc'; base-uri 'none'; form-action 'none'",
    );
    expect(html.match(/<script/gu)).toHaveLength(1);
    expect(html).not.toContain("unsafe");
  });
});

describe("refreshing", () => {
  it("does once more what was asked for meanwhile, however often", async () => {
    let runs = 0;
    let finish: () => void = () => undefined;
    const refresher = new Refresher(async () => {
      runs += 1;
      await new Promise<void>((done) => (finish = done));
    });
    refresher.ask();
    refresher.ask();
    refresher.ask();
    expect(runs).toBe(1);
    finish();
    await new Promise((done) => setTimeout(done, 0));
    expect(runs).toBe(2);
    finish();
    await new Promise((done) => setTimeout(done, 0));
    expect(runs).toBe(2);
  });

  it("goes on after a failure", async () => {
    let runs = 0;
    const refresher = new Refresher(() => {
      runs += 1;
      return Promise.reject(new Error("no"));
    });
    refresher.ask();
    await new Promise((done) => setTimeout(done, 0));
    refresher.ask();
    expect(runs).toBe(2);
  });
});
