// What a user does, step by step, and what must be seen.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { editor } from "./editor.mjs";
import { say, until } from "./harness.mjs";

const CHINESE = /[\u4e00-\u9fff]{4}/u;

export async function steps({ page, open, folder, extensions, shoot }) {
  const hands = editor(page);
  const servers = () => serversOf(extensions);

  await open(["说明.md"]);
  await page.locator(".editor-instance .view-lines").first().waitFor({ timeout: 120_000 });
  await hands.command("gouji: 查看日志", page.getByRole("tab", { name: /^Output/u, selected: true }));
  assert.deepEqual(servers(), []);
  assert.equal(await hands.status.count(), 0);
  say("a document without a report starts no server and shows nothing");

  await hands.openFile("青石县.txt");
  await hands.command("Problems: Focus on Problems View");
  const listed = (rule, line) => hands.problems.filter({ hasText: rule }).filter({ hasText: `[Ln ${line},` });
  const [fee, total] = [listed("fee-unit-slip", 23), listed("requests-results-total", 51)];
  const closed = listed("fee-unit-slip", 53);
  await until(
    "the findings of both reports in the Problems panel",
    async () => (await fee.count()) === 1 && (await total.count()) === 1 && (await closed.count()) === 1,
    120,
  );
  for (const row of [fee, total, closed]) assert.match(await row.innerText(), CHINESE);
  say("Problems lists both findings and that of a file that is not open, in Chinese, with the rules' ids");
  await until("the status", async () => (await hands.status.innerText()).includes("2 处问题"));
  await until("the language", async () =>
    (await page.locator("#status\\.editor\\.mode").innerText()).includes("政府信息公开年度报告"),
  );
  say(`the status says “${(await hands.status.innerText()).trim()}”; the language is known`);
  await hands.toProblem(fee);
  await hands.squiggleUnder("25977391.028");
  say("a squiggle stands under 25977391.028");
  await shoot("fee");
  await hands.toProblem(total);
  await hands.squiggleUnder("234", "（七）总计");
  say("a squiggle stands under the total 234");
  await shoot("total");

  // The total on the right: no finding stands there whose message could be taken for the hover.
  await hands.hover("234", "0 | 234");
  await until("the relation in the hover", async () =>
    /办理结果分项之和 233＝.*不等于（七）总计 234/su.test(
      await hands.hovers.allInnerTexts().then((it) => it.join("\n")),
    ),
  );
  say("the hover shows the relation");
  await shoot("hover");
  await page.keyboard.press("Escape");

  await preview({ page, hands, shoot });

  await hands.toProblem(fee);
  const menu = await hands.lightBulb("改为 2597.74");
  await shoot("light-bulb");
  await menu.click();
  await until("the new amount", async () => (await hands.text()).includes("| 2597.74 |"));
  await until("one finding less", async () => (await fee.count()) === 0 && (await total.count()) === 1);
  say("the light bulb mends the amount; Problems has one less");
  await hands.toProblem(total);
  await (await hands.lightBulb("（六）3.其他")).click();
  await until("no finding left", async () => (await total.count()) === 0);
  await until("the status", async () => !(await hands.status.innerText()).includes("处问题"));
  say(`the light bulb mends the total; the status says “${(await hands.status.innerText()).trim()}”`);
  await shoot("mended");

  // The total is deleted; completion says what it should be.
  await hands.select("234", "（七）总计");
  await page.keyboard.press("Delete");
  await hands.complete("234");
  await shoot("completion");
  await page.keyboard.press("Enter");
  await until("no finding left", async () => !(await hands.status.innerText()).includes("处问题"));
  say("completion in the total's cell inserts the sum");
  await page.keyboard.press("Control+s");
  const saved = path.join(folder, "青石县.txt");
  await until("the saved file", () =>
    fs.readFileSync(saved, "utf8").includes("（七）总计 | 234 | 0 | 0 | 0 | 0 | 0 | 234 |"),
  );

  await hands.openFile("南湾区.txt");
  await hands.goToLine(90);
  await until("a column's name before a figure", async () => /自然人:?\s*31 \|/u.test(await hands.text()));
  say("inlay hints show the names of columns");
  await shoot("inlay-hints");

  await commands({ page, hands, shoot });
  await dying({ page, hands, servers, shoot });
}

/** What the palette offers beyond. */
async function commands({ page, hands, shoot }) {
  await hands.command("gouji: 查看使用的配置");
  await until("the configuration that won", async () => (await hands.text()).includes("南湾区.txt 的配置"));
  await hands.command("View: Focus First Editor Group");
  await hands.command("gouji: 导出数据", page.locator(".quick-input-widget").filter({ hasText: "导出各表数据" }));
  await hands.answer("导出各表数据", "csv");
  await until("the figures", async () => (await hands.text()).includes("requests"));
  say("the configuration that won and the figures are shown");
  await hands.command("View: Focus First Editor Group");
  await hands.command("gouji: 解释规则", page.locator(".quick-input-widget").filter({ hasText: "解释规则" }));
  await hands.answer("解释规则", "fee-unit-slip");
  await until("the rule's page", async () => {
    for (const frame of page.frames()) if (await frame.getByText("何时可以自动修改").count()) return true;
    return false;
  });
  say("a rule's page is shown");
  await shoot("rule");
  await hands.command("gouji: 新建年度报告", page.locator(".quick-input-widget").filter({ hasText: "（1/2）" }));
  await hands.answer("（1/2）", "青石县水利局");
  await hands.answer("（2/2）", "2025");
  await until("the new report", async () =>
    (await hands.text()).includes("青石县水利局2025年政府信息公开工作年度报告"),
  );
  await until("its status", async () => /勾稽 \d+\/\d+/u.test(await hands.status.innerText()));
  say(`a new report begins with “${(await hands.status.innerText()).trim()}”`);
  await shoot("new-report");
}

/** Tables in a webview; a click on a figure goes to the text. */
async function preview({ page, hands, shoot }) {
  await hands.command("gouji: 预览报告");
  const frame = await until("the page of the preview", async () => {
    for (const it of page.frames()) if ((await it.locator("table[aria-label]").count()) === 3) return it;
    return undefined;
  });
  say("the preview shows three tables");
  const broken = frame.locator("td.broken");
  await until("broken totals", async () => (await broken.count()) === 2);
  assert.deepEqual(
    (await broken.allInnerTexts()).map((it) => it.trim()),
    ["234", "234"],
  );
  await broken.first().hover();
  await frame.locator("[role=tooltip]").getByText("办理结果分项之和").first().waitFor();
  assert.ok((await frame.locator("td.term").count()) > 10);
  say("a total shows its terms while it is pointed at");
  await shoot("preview");
  await broken.last().click();
  await until("the cursor at the figure", async () => (await hands.cursor()).includes("Ln 51, Col 38 (3 selected)"));
  say("a click on a figure goes to its place in the text");
  await frame.locator('td[tabindex="0"]').first().focus();
  for (const key of ["ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await until("the cursor at the next figure", async () =>
    (await hands.cursor()).includes("Ln 13, Col 16 (1 selected)"),
  );
  say("so do the keys");
  // Told without colour where the user asks for contrast.
  for (const [theme, kind, border] of [
    ["Dark Modern", "vscode-dark", "solid"],
    ["Dark High Contrast", "vscode-high-contrast", "double"],
  ]) {
    await hands.theme(theme);
    await frame.locator(`body.${kind}`).waitFor();
    await until(`the border in ${theme}`, async () =>
      broken.first().evaluate((cell, wanted) => getComputedStyle(cell).borderTopStyle === wanted, border),
    );
    await shoot(`preview-${kind}`);
  }
  await hands.theme("Light Modern");
  say("it follows the theme, in dark and in high contrast");
  await hands.command("View: Close Editors in Other Groups");
}

/** A server that dies is started again; one that keeps dying is left alone, with a button. */
async function dying({ page, hands, servers, shoot }) {
  for (let death = 0; death < 5; death += 1) {
    const [id] = await until("a running server", () => (servers().length === 1 ? servers() : undefined));
    process.kill(id, "SIGKILL");
    await until("its end", () => !servers().includes(id));
  }
  const toast = page.locator(".notifications-toasts").getByText(/接连退出|未能启动/u);
  await toast.waitFor();
  await shoot("failed");
  await page.locator(".notifications-toasts .monaco-button").filter({ hasText: "重新启动" }).click();
  await until("the server again", () => servers().length === 1);
  await until("its status", async () => (await hands.status.innerText()).includes("勾稽"));
  say("a server that died four times is started four times, then the user is asked");
}

/** Processes of the extension's own server. */
function serversOf(extensions) {
  const ids = fs.readdirSync("/proc").filter((name) => /^\d+$/u.test(name));
  return ids.map(Number).filter((id) => {
    try {
      return fs.readlinkSync(`/proc/${id}/exe`).startsWith(extensions);
    } catch {
      return false;
    }
  });
}
