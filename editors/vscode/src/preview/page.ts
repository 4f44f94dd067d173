/** Draws a preview. Only text nodes and elements are made: nothing of a document is ever read as HTML. */

import { step } from "./grid";
import type { Block, Cell, FromPage, Item, Preview, Range, Relation, Report, Table, Words } from "./model";
import { headerLevels } from "./spans";

type Send = (message: FromPage) => void;
type Child = Node | string | false | null | undefined;

/** Replaces what `root` shows. The figure that had the focus has it afterwards. */
export function draw(root: HTMLElement, preview: Preview, send: Send): void {
  const focused = root.ownerDocument.activeElement?.id;
  const page = new Page(root.ownerDocument, send);
  root.replaceChildren(...preview.reports.map((report, at) => page.report(report, `r${at}`)), page.tip);
  if (preview.reports.length === 0) root.replaceChildren(page.element("p", { class: "empty" }, "这份文档中没有报告。"));
  if (focused !== undefined && focused !== "")
    root.ownerDocument.getElementById(focused)?.focus({ preventScroll: true });
}

class Page {
  /** Says what is to say of the figure under the pointer or the focus. */
  readonly tip: HTMLElement;

  constructor(
    private readonly document: Document,
    private readonly send: Send,
  ) {
    this.tip = this.element("div", { role: "tooltip", id: "tip", hidden: "" });
  }

  element(name: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
    const element = this.document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(
      ...children.filter(
        (it): it is Node | string => typeof it === "string" || (it !== null && typeof it === "object"),
      ),
    );
    return element;
  }

  report(report: Report, id: string): HTMLElement {
    const items = (report.items ?? []).map((item, at) => this.item(report, item, `${id}-${at}`));
    return this.element("article", { lang: "zh-CN" }, this.summary(report), ...items);
  }

  /** What holds, and the findings as links to their places. */
  private summary({ form, relations, findings }: Report): HTMLElement {
    const { holds, broken, unknown } = relations;
    const states = [`成立 ${holds} 条`, broken > 0 && `不成立 ${broken} 条`, unknown > 0 && `无法核对 ${unknown} 条`];
    const list = findings.map((finding) =>
      this.element(
        "li",
        { class: finding.severity },
        this.link(finding.range, finding.message),
        " ",
        this.ruleLink(finding.rule),
      ),
    );
    return this.element(
      "header",
      {},
      this.element("p", { class: "form" }, `${form} · 勾稽关系：${states.filter((it) => it !== false).join("，")}`),
      list.length > 0 && this.element("ul", { class: "findings", "aria-label": "问题" }, ...list),
    );
  }

  private ruleLink(rule: string): HTMLElement {
    const button = this.element("button", { type: "button", class: "rule", title: "解释这条规则" }, rule);
    button.addEventListener("click", () => {
      this.send({ type: "explain", rule });
    });
    return button;
  }

  private link(range: Range, ...children: Child[]): HTMLElement {
    const button = this.element("button", { type: "button", class: "place" }, ...children);
    button.addEventListener("click", () => {
      this.send({ type: "go", range });
    });
    return button;
  }

  private item(report: Report, item: Item, id: string): HTMLElement {
    if (item.kind === "table") return this.table(report, item, id);
    const name = { title: "h1", heading: "h2", paragraph: "p" }[item.kind];
    return this.element(name, {}, ...this.words(report, item));
  }

  private words(report: Report, { pieces }: Words): Child[] {
    return pieces.map(({ text, range, finding }) => {
      const found = finding === null ? undefined : report.findings[finding];
      if (found === undefined) return text;
      const button = this.link(range, text);
      button.classList.add("found", found.severity);
      this.explain(button, [found.message]);
      return button;
    });
  }

  private table(report: Report, table: Table, id: string): HTMLElement {
    if (table.unreadable !== null) {
      return this.element("p", { class: "unreadable" }, this.link(table.range, `${table.name}：${table.unreadable}`));
    }
    const drawn = new DrawnTable(this, report, table, id, this.send);
    const strays = table.strays.map(({ text, range }) => this.element("li", {}, this.link(range, text)));
    return this.element(
      "section",
      { class: "table" },
      drawn.element,
      strays.length > 0 &&
        this.element("div", { class: "strays" }, "未能归入表中的行：", this.element("ul", {}, ...strays)),
    );
  }

  /** Shows sentences while `element` is pointed at or has the focus. */
  explain(element: HTMLElement, sentences: readonly string[], around: (isOn: boolean) => void = () => undefined): void {
    const show = (): void => {
      around(true);
      if (sentences.length === 0) return;
      this.tip.replaceChildren(...sentences.map((it) => this.element("p", {}, it)));
      this.tip.hidden = false;
      const { left, bottom, top } = element.getBoundingClientRect();
      const view = this.document.documentElement;
      const { width, height } = this.tip.getBoundingClientRect();
      const below = bottom + 6 + height <= view.clientHeight ? bottom + 6 : Math.max(top - 6 - height, 0);
      this.tip.style.setProperty("left", `${Math.max(Math.min(left, view.clientWidth - width - 8), 0)}px`);
      this.tip.style.setProperty("top", `${below}px`);
      element.setAttribute("aria-describedby", this.tip.id);
    };
    const hide = (): void => {
      around(false);
      this.tip.hidden = true;
      element.removeAttribute("aria-describedby");
    };
    element.addEventListener("mouseenter", show);
    element.addEventListener("focus", show);
    element.addEventListener("mouseleave", hide);
    element.addEventListener("blur", hide);
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
  }
}

/** A table as a grid: Tab stops at it once, arrows go from figure to figure, Enter goes to the text. */
class DrawnTable {
  readonly element: HTMLElement;
  readonly #figures = new Map<number, HTMLElement>();
  readonly #grid: number[][] = [];
  /** Columns of the widest block, its labels among them; the last column of the others takes what is over. */
  readonly #width: number;

  constructor(
    private readonly page: Page,
    private readonly report: Report,
    private readonly table: Table,
    private readonly id: string,
    send: Send,
  ) {
    this.#width = Math.max(...table.blocks.map(widthOf));
    let first = 0;
    const bodies = table.blocks.flatMap((block) => {
      const drawn = this.block(block, first);
      first += block.rows.length * block.columns.length;
      return drawn;
    });
    this.element = page.element(
      "table",
      { role: "grid", "aria-label": table.name },
      page.element("caption", {}, table.name),
      ...bodies,
    );
    this.#figures.get(this.#grid[0]?.[0] ?? 0)?.setAttribute("tabindex", "0");
    this.element.addEventListener("keydown", (event) => {
      const cell = this.cellOf(event.target);
      if (cell === undefined) return;
      const range = table.cells[cell]?.range;
      const next = step(this.#grid, cell, event.key);
      if (next !== undefined) this.focus(cell, next);
      else if ((event.key === "Enter" || event.key === " ") && range) send({ type: "go", range });
      else return;
      event.preventDefault();
    });
    this.element.addEventListener("click", (event) => {
      const cell = this.cellOf(event.target);
      const range = cell === undefined ? undefined : table.cells[cell]?.range;
      if (range) send({ type: "go", range });
    });
  }

  private cellOf(target: EventTarget | null): number | undefined {
    const cell = (target as HTMLElement | null)?.closest<HTMLElement>("td[data-cell]")?.dataset.cell;
    return cell === undefined ? undefined : Number(cell);
  }

  private focus(from: number, to: number): void {
    this.#figures.get(from)?.setAttribute("tabindex", "-1");
    const figure = this.#figures.get(to);
    figure?.setAttribute("tabindex", "0");
    figure?.focus();
  }

  private block(block: Block, first: number): HTMLElement[] {
    const { page } = this;
    const sides = headerLevels(block.rows);
    const tops = headerLevels(block.columns);
    const columns = block.columns.length;
    const over = this.#width - widthOf(block);
    const reach = (at: number, span: number): string => String(at + span === columns ? span + over : span);
    const head: HTMLElement[] = [];
    if (block.caption !== null) {
      head.push(
        page.element("tr", {}, page.element("th", { colspan: String(this.#width), scope: "colgroup" }, block.caption)),
      );
    }
    const depth = tops.length + (block.banner === null ? 0 : 1);
    const corner =
      sides.length > 0 &&
      page.element(
        "td",
        { colspan: String(sides.length), rowspan: String(depth), class: "corner" },
        block.corner ?? "",
      );
    const banner =
      block.banner !== null &&
      page.element(
        "tr",
        {},
        corner,
        page.element("th", { colspan: reach(0, columns), scope: "colgroup" }, block.banner),
      );
    if (banner !== false) head.push(banner);
    tops.forEach((level, at) => {
      const cells = level.map((it) =>
        page.element(
          "th",
          { colspan: reach(it.at, it.span), rowspan: String(it.depth), scope: it.isLabel ? "col" : "colgroup" },
          it.text,
        ),
      );
      head.push(page.element("tr", {}, banner === false && at === 0 && corner, ...cells));
    });
    const rows = block.rows.map((row, at) => {
      const labels = sides.flatMap((level) =>
        level
          .filter((it) => it.at === at)
          .map((it) =>
            page.element(
              "th",
              { rowspan: String(it.span), colspan: String(it.depth), scope: it.isLabel ? "row" : "rowgroup" },
              it.text,
            ),
          ),
      );
      const cells = block.columns.map((_, column) => first + at * columns + column);
      this.#grid.push(cells);
      return page.element(
        "tr",
        row.range === null ? { class: "missing" } : {},
        ...labels,
        ...cells.map((it, column) => this.figure(it, reach(column, 1))),
      );
    });
    return [page.element("thead", {}, ...head), page.element("tbody", {}, ...rows)];
  }

  private figure(index: number, colspan: string): HTMLElement {
    const { page, table, report } = this;
    const cell: Cell = table.cells[index] ?? { name: "", text: "", range: null, kind: "missing", finding: null };
    const own = table.relations.filter((it) => it.cells.includes(index));
    const totals = own.filter((it) => it.total === index);
    const broken = own.filter((it) => it.standing === "broken");
    const found = cell.finding === null ? undefined : report.findings[cell.finding];
    const classes = [
      "figure",
      cell.kind,
      broken.length > 0 && "in-broken",
      totals.some((it) => it.standing === "broken") && "broken",
      totals.length > 0 && "total",
      found?.severity,
    ];
    // Of a total that is wrong, what is wrong; its finding stands above the tables.
    const told = broken.length > 0 ? broken : totals;
    const message = found === undefined || broken.length > 0 ? [] : [found.message];
    const said = [...new Set([...message, ...told.map((it) => it.sentence)])];
    const shown = { blank: "", missing: "缺", unknown: "？", number: cell.text, words: cell.text }[cell.kind];
    const figure = page.element(
      "td",
      {
        role: "gridcell",
        colspan,
        tabindex: "-1",
        id: `${this.id}-${index}`,
        "data-cell": String(index),
        class: classes.filter((it) => typeof it === "string").join(" "),
        "aria-label": [cell.name, spoken(cell), broken.length > 0 && "所在的勾稽关系不成立"]
          .filter((it) => it !== false)
          .join("，"),
      },
      shown,
    );
    page.explain(figure, said, (isOn) => {
      this.light(told, index, isOn);
    });
    this.#figures.set(index, figure);
    return figure;
  }

  /** Marks the terms of the relations at a figure. */
  private light(relations: readonly Relation[], index: number, isOn: boolean): void {
    for (const cell of relations.flatMap((it) => it.cells)) {
      if (cell !== index) this.#figures.get(cell)?.classList.toggle("term", isOn);
    }
  }
}

function spoken(cell: Cell): string {
  return { blank: "空白", missing: "文中没有", unknown: "无法确定", number: cell.text, words: cell.text }[cell.kind];
}

/** How many columns a block has, its labels among them. */
function widthOf(block: Block): number {
  return headerLevels(block.rows).length + block.columns.length;
}
