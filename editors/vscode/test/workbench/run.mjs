// The packaged extension in a real workbench, as a user goes through it: node run.mjs LAB VSIX SHOTS
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { editor } from "./editor.mjs";
import { openWorkbench, say, until } from "./harness.mjs";

const [lab, vsix, shots] = process.argv.slice(2).map((it) => path.resolve(it));
fs.rmSync(shots, { recursive: true, force: true });
fs.mkdirSync(shots, { recursive: true });

// The figures that a real report had wrong: an amount in the wrong unit, and a total that its rows do not give.
const report = fs.readFileSync(path.join(import.meta.dirname, "../reports/wrong-figures.txt"), "utf8");

const workbench = await openWorkbench({
  lab,
  vsix,
  files: { "青石县.txt": report, "说明.md": "# 说明\n\n这里没有报告。\n" },
});
const { page, open } = workbench;
const hands = editor(page);
const shoot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
try {
  await open(["青石县.txt"]);
  await page.locator(".editor-instance .view-lines").first().waitFor({ timeout: 120_000 });
  say("the report is open");

  await hands.command("Problems: Focus on Problems View");
  const fee = hands.problems.filter({ hasText: "fee-unit-slip" });
  const total = hands.problems.filter({ hasText: "requests-results-total" });
  await until(
    "both findings in the Problems panel",
    async () => (await fee.count()) === 1 && (await total.count()) === 1,
    120,
  );
  for (const row of [fee, total]) assert.match(await row.innerText(), /[\u4e00-\u9fff]{4}/u);
  say("Problems lists both findings, in Chinese, with the rules' ids");
  await shoot("problems");

  await hands.toProblem("fee-unit-slip");
  await hands.squiggleUnder("25977391.028");
  say("a squiggle stands under 25977391.028");
  await shoot("fee");
  await hands.toProblem("requests-results-total");
  await hands.squiggleUnder("234", "（七）总计");
  say("a squiggle stands under the total 234");
  await shoot("total");
  say(`asked of the outside and refused: ${[...workbench.refused].join(" ") || "nothing"}`);
} catch (error) {
  await shoot("FAILED");
  console.error(`FAILED: ${error.message}\nsee ${shots}/FAILED.png`);
  process.exitCode = 1;
} finally {
  await workbench.close();
}
