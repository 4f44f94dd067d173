// What a user sees and does in a workbench.
import { until } from "./harness.mjs";

const SQUIGGLES = ".squiggly-error, .squiggly-warning, .squiggly-info";

/** Hands for the workbench on `page`. */
export function editor(page) {
  return {
    /** Runs a command by its title in the palette, until `seen` shows if it is given. */
    async command(title, seen) {
      await until(`the command ${title}`, async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("F1");
        const input = page.locator(".quick-input-widget input[type=text]").first();
        await input.waitFor({ state: "visible", timeout: 3000 });
        await input.fill(`>${title}`);
        const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first();
        await row.waitFor({ timeout: 3000 });
        await row.click();
        await seen?.waitFor({ timeout: 5000 });
        return true;
      });
    },

    /** Where words stand on the screen: the box of their first show in the editor. */
    async place(words, line = words) {
      return until(`“${words}” in the editor`, () =>
        page.evaluate(
          ([wanted, within]) => {
            for (const row of document.querySelectorAll(".editor-instance .view-line")) {
              const texts = [];
              const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node);
              const clean = (text) => text.replaceAll("\u00a0", " ");
              const whole = texts.map((node) => clean(node.data)).join("");
              const base = whole.indexOf(within);
              const at = base < 0 ? -1 : whole.indexOf(wanted, base);
              if (at < 0) continue;
              const point = (offset) => {
                let rest = offset;
                for (const node of texts) {
                  if (rest <= node.length) return [node, rest];
                  rest -= node.length;
                }
                return [texts.at(-1), texts.at(-1).length];
              };
              const range = document.createRange();
              range.setStart(...point(at + 0.0));
              range.setEnd(...point(at + wanted.length));
              const { x, y, width, height } = range.getBoundingClientRect();
              return { x, y, width, height };
            }
            return null;
          },
          [words, line],
        ),
      );
    },

    /** Boxes of all squiggles on the screen. */
    async squiggles() {
      const all = await page.locator(`.editor-instance :is(${SQUIGGLES})`).all();
      return Promise.all(all.map((it) => it.boundingBox()));
    },

    /** Waits until a squiggle stands under exactly these words. */
    async squiggleUnder(words, line) {
      await until(`a squiggle under ${words}`, async () => {
        const place = await this.place(words, line);
        const near = (a, b) => Math.abs(a - b) < 5; // less than a digit
        const boxes = await this.squiggles();
        return boxes.some(
          (box) =>
            near(box.x, place.x) &&
            near(box.width, place.width) &&
            box.y >= place.y - 6 &&
            box.y < place.y + place.height + 6,
        );
      });
    },

    /** The editor's text as far as it is on the screen. */
    text() {
      return page.evaluate(() =>
        [...document.querySelectorAll(".editor-instance .view-lines .view-line")]
          .map((row) => [
            parseFloat(row.style.top),
            row.textContent.replaceAll("\u00a0", " ").replace(/[\u200b-\u200f]/g, ""),
          ])
          .sort(([a], [b]) => a - b)
          .map(([, text]) => text)
          .join("\n"),
      );
    },

    /** What the status bar says of the report. */
    status: page.locator(".statusbar-item").filter({ hasText: "勾稽" }),

    /** Where the cursor is, as the status bar has it. */
    cursor: () => page.locator("#status\\.editor\\.selection").innerText(),

    /** Texts of the hover. */
    hovers: page.locator(".monaco-hover:visible"),

    /** Points at words until something shows. */
    async hover(words, line) {
      await until(`a hover over ${words}`, async () => {
        const { x, y, width, height } = await this.place(words, line);
        await page.mouse.move(x + width / 2 + 200, y + height * 6);
        await page.mouse.move(x + width / 2, y + height / 2);
        await this.hovers.first().waitFor({ timeout: 3000 });
        return true;
      });
    },

    /** Opens a file of the folder by its name. */
    async openFile(name) {
      await until(`the file ${name}`, async () => {
        await page.keyboard.press("Control+p");
        const input = page.locator(".quick-input-widget input[type=text]").first();
        await input.waitFor({ state: "visible", timeout: 3000 });
        await input.fill(name);
        await page
          .locator(".quick-input-list .monaco-list-row")
          .filter({ hasText: name })
          .first()
          .click({ timeout: 3000 });
        await page.locator(".tab.active").filter({ hasText: name }).first().waitFor({ timeout: 3000 });
        return true;
      });
    },

    /** Chooses a colour theme by its name. */
    async theme(name) {
      const choices = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Light Modern" });
      await this.command("Preferences: Color Theme", choices.first());
      await page.locator(".quick-input-widget input[type=text]").first().fill(name);
      await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first().click();
    },

    /** Answers a prompt that says `title`. */
    async answer(title, words) {
      const input = page.locator(".quick-input-widget").filter({ hasText: title }).locator("input[type=text]").first();
      await input.waitFor();
      await input.fill(words);
      await page.keyboard.press("Enter");
    },

    async goToLine(line) {
      // The editor of a file that was just opened may take the focus from the prompt, which closes then: once more.
      await until(`line ${line}`, async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+g");
        const input = page.locator(".quick-input-widget input[type=text]").first();
        await input.fill(`:${line}`, { timeout: 3000 });
        await page
          .locator(".quick-input-list .monaco-list-row")
          .filter({ hasText: `${line}` })
          .first()
          .waitFor({ timeout: 3000 });
        await page.keyboard.press("Enter");
        await page
          .locator("#status\\.editor\\.selection")
          .filter({ hasText: `Ln ${line},` })
          .waitFor({ timeout: 3000 });
        return true;
      });
    },

    /** Selects a figure by a double click. */
    async select(words, line) {
      await until(`${words} selected`, async () => {
        const { x, y, width, height } = await this.place(words, line);
        await page.mouse.dblclick(x + width / 2, y + height / 2);
        return (await this.cursor()).includes(`(${words.length} selected)`);
      });
    },

    /** Asks for completion until an entry says `words`. */
    async complete(words) {
      await until(`the completion ${words}`, async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+Space");
        await page
          .locator(".suggest-widget .monaco-list-row")
          .filter({ hasText: words })
          .first()
          .waitFor({ timeout: 3000 });
        return true;
      });
    },

    /** Opens the menu of the light bulb where the cursor is, and gives its entry that says `words`. */
    async lightBulb(words) {
      const entry = page.locator(".action-widget .monaco-list-row").filter({ hasText: words }).first();
      // While other extensions start, a request for actions may be cancelled, and the bulb's menu stays away.
      await until(`“${words}” behind the light bulb`, async () => {
        await page.keyboard.press("Escape");
        const bulb = page.locator(".editor-instance :is(.lightBulbWidget, [class*=gutter-lightbulb])").first();
        await bulb.click({ timeout: 5000 });
        await entry.waitFor({ timeout: 3000 });
        return true;
      });
      return entry;
    },

    /** The rows of the Problems panel. */
    problems: page.locator(".markers-panel .monaco-list-row"),

    /** Goes to the place of a problem, a row of the panel; the editor has the focus then. */
    async toProblem(row) {
      await row.first().dblclick();
    },
  };
}
