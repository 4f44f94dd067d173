local t = require("harness")
local test, report = t.test, t.wrong_figures()

-- Neovim before 0.11 knows UTF-16 alone; later ones are tried with both.
local utf16 = os.getenv("GOUJI_ENCODING") == "utf-16"
t.setup(utf16 and { capabilities = { general = { positionEncodings = { "utf-16" } } } } or {})

--- The line with these words, and the byte at which they begin.
local function place(buf, words)
  for index, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
    local at = line:find(words, 1, true)
    if at then return index - 1, at - 1 end
  end
end

--- The two wrong figures, at their bytes.
local function check_both(buf)
  local fee = t.finding(buf, "fee-unit-slip")
  local lnum, col = place(buf, "25977391.028")
  t.equal({ "25977391.028", lnum, col }, { fee.text, fee.lnum, fee.col })
  t.contains(fee.message, "填写 25977391.028 万元")
  local total = t.finding(buf, "requests-results-total")
  lnum, col = place(buf, "234 | 0")
  t.equal({ "234", lnum, col }, { total.text, total.lnum, total.col })
  t.contains(total.message, "办理结果分项之和 233 ≠（七）总计 234（差 1）")
end

test("the encoding is the one that is to be tried", function()
  local client = t.client(t.open("encoding.txt", report))
  local expected = (utf16 or not vim.lsp.inlay_hint) and "utf-16" or "utf-8"
  t.equal(expected, client.offset_encoding)
end)

test("both wrong figures are underlined, to the byte", function() check_both(t.open("plain.txt", report)) end)

test("lines may end in CR LF, and a byte order mark may be there", function()
  local buf = t.open("crlf.txt", "\239\187\191" .. report:gsub("\n", "\r\n"))
  t.equal("dos", vim.bo[buf].fileformat)
  check_both(buf)
end)

test("characters beyond the first plane and tabs before a figure do not shift it", function()
  local text = t.report("tests/reports/15-html-one-line.html")
  local before, count = text:gsub("围绕招生入学", "😀𠮷围绕\t招生入学", 1)
  t.equal(1, count)
  local wrong
  wrong, count = before:gsub("总计</td><td>39</td>", "总计</td><td>38</td>", 1)
  t.equal(1, count)
  local buf = t.open("astral.html", wrong)
  local found = t.finding(buf, "requests-results-total")
  local lnum, col = place(buf, "38</td>")
  t.equal({ "38", lnum, col }, { found.text, found.lnum, found.col })
end)

test("typing before a figure moves its finding", function()
  local buf = t.open("typed.txt", report)
  check_both(buf)
  local lnum = place(buf, "行政事业性收费")
  vim.api.nvim_buf_set_lines(buf, lnum, lnum, false, { "<!-- 𠮷 -->" })
  vim.api.nvim_buf_set_text(buf, lnum + 1, 0, lnum + 1, 0, { "\t" })
  t.wait("moved", function() return t.finding(buf, "fee-unit-slip").lnum == lnum + 1 end)
  check_both(buf)
end)

test("a fix is chosen from the menu and reaches the disk", function()
  local buf = t.open("fixed.txt", report)
  local total = t.finding(buf, "requests-results-total")
  vim.api.nvim_win_set_cursor(0, { total.lnum + 1, total.col })
  local offered = t.choose("“（六）3.其他”的自然人、总计各加 1")
  vim.lsp.buf.code_action()
  t.wait("mended", function() return t.lacks(buf, "requests-results-total") end)
  t.contains(table.concat(offered, "\n"), "将“（六）3.其他”的自然人、总计各加 1（12 改为 13）")
  local fee = t.finding(buf, "fee-unit-slip")
  vim.api.nvim_win_set_cursor(0, { fee.lnum + 1, fee.col + 3 })
  t.choose("改为 2597.74")
  vim.lsp.buf.code_action()
  t.wait("mended", function() return t.lacks(buf, "fee-unit-slip") end)
  vim.cmd("silent write")
  local expected =
    report:gsub("25977391%.028", "2597.74"):gsub("3%.其他 | 12 | (.-) | 12 |", "3.其他 | 13 | %1 | 13 |")
  t.equal(expected, t.read("fixed.txt"))
end)

test("virtual text is shown for our findings, whatever the user wants for others", function()
  vim.diagnostic.config({ virtual_text = false })
  local buf = t.open("virtual.txt", report)
  local client = t.client(buf)
  t.finding(buf, "fee-unit-slip")
  local ours = vim.lsp.diagnostic.get_namespace(client.id)
  t.equal(true, vim.diagnostic.config(nil, ours).virtual_text)
  t.equal(false, vim.diagnostic.config().virtual_text)
end)

test("gouji.toml counts, and counts anew when it is written", function()
  t.write("configured/gouji.toml", '[rules]\nfee-unit-slip = "off"\n')
  local buf = t.open("configured/a.txt", report)
  t.finding(buf, "requests-results-total")
  t.equal(true, t.lacks(buf, "fee-unit-slip"))
  vim.cmd("split " .. vim.fn.fnameescape(t.folder .. "/configured/gouji.toml"))
  vim.api.nvim_buf_set_lines(0, 1, 2, false, { 'fee-unit-slip = "hint"' })
  vim.cmd("silent write")
  t.finding(buf, "fee-unit-slip")
end)

test("settings are those of gouji.toml", function()
  t.setup({ settings = { rules = { ["fee-unit-slip"] = "off" } } })
  vim.cmd("Gouji restart")
  local buf = t.open("settings.txt", report)
  t.finding(buf, "requests-results-total")
  t.equal(true, t.lacks(buf, "fee-unit-slip"))
end)
