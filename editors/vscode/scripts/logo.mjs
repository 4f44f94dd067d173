// Draws assets/logo.png from assets/logo.svg, since a marketplace takes no SVG: node scripts/logo.mjs
import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const assets = path.join(import.meta.dirname, "../assets");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(`<body style="margin:0">${fs.readFileSync(path.join(assets, "logo.svg"), "utf8")}</body>`);
await page.screenshot({ path: path.join(assets, "logo.png"), omitBackground: true });
await browser.close();
