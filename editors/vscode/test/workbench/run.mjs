// The packaged extension in a real workbench, as a user goes through it: node run.mjs LAB VSIX SHOTS [PICTURES]
// PICTURES: where to put those that the README shows.
import fs from "node:fs";
import path from "node:path";
import { openWorkbench, say } from "./harness.mjs";
import { steps } from "./steps.mjs";

const [lab, vsix, shots, pictures] = process.argv.slice(2).map((it) => path.resolve(it));
fs.rmSync(shots, { recursive: true, force: true });
fs.mkdirSync(shots, { recursive: true });
const folder = path.join(import.meta.dirname, "../..");
const read = (file) => fs.readFileSync(path.join(folder, file), "utf8");

const workbench = await openWorkbench({
  lab,
  vsix,
  files: {
    // The figures that a real report had wrong: an amount in the wrong unit, and a total that its rows do not give.
    "青石县.txt": read("test/reports/wrong-figures.txt"),
    // A cell a line: which column a figure belongs to can't be seen.
    "南湾区.txt": read("../../tests/reports/fault-fee-unit.txt"),
    "说明.md": "# 说明\n\n这里没有年度报告。\n",
  },
});
// What the README shows, without the side bar.
const PICTURES = { total: "problems", preview: "preview" };
const clip = { x: 350, y: 30, width: 1050, height: 670 };
const shoot = async (name) => {
  await workbench.page.screenshot({ path: path.join(shots, `${name}.png`) });
  if (pictures === undefined || PICTURES[name] === undefined) return;
  const picture = path.join(pictures, `${PICTURES[name]}.jpg`);
  await workbench.page.screenshot({ path: picture, type: "jpeg", quality: 70, clip });
};
try {
  await steps({ ...workbench, shoot });
  say(`asked of the outside and refused: ${[...workbench.refused].join(" ") || "nothing"}`);
} catch (error) {
  await shoot("FAILED");
  fs.cpSync(workbench.logs, path.join(shots, "logs"), { recursive: true });
  console.error(`FAILED: ${error.stack}\nsee ${shots}/FAILED.png`);
  process.exitCode = 1;
} finally {
  await workbench.close();
}
