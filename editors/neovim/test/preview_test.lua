local t = require("harness")
local test, report = t.test, t.wrong_figures()

t.setup()

--- Opens the preview of a report.
local function preview(name, text)
  local source = t.open(name, text)
  t.finding(source, "requests-results-total")
  vim.cmd("Gouji preview")
  t.wait("a page", function() return vim.bo.filetype == "gouji-preview" end)
  return vim.api.nvim_get_current_buf(), source
end

--- The lines of the preview with these words.
local function lines(page, words)
  return vim.tbl_filter(
    function(line) return line:find(words, 1, true) ~= nil end,
    vim.api.nvim_buf_get_lines(page, 0, -1, false)
  )
end

--- The first row of a table with this label.
local function row(page, label)
  return vim.tbl_filter(function(line) return line:find("│", 1, true) ~= nil end, lines(page, label))[1]
end

--- Puts the cursor on these words of the preview.
local function go(words)
  vim.fn.cursor(1, 1)
  t.equal(true, vim.fn.search("\\V" .. words, "W") > 0)
end

test("tables are aligned on the screen", function()
  local page = preview("a.txt", report)
  local rows = lines(page, "│ ")
  t.equal(true, #rows > 25)
  -- All rows of the table of requests are equally wide, and their bars stand below each other.
  local total = row(page, "（七）总计")
  local function bars(line)
    local at, from = {}, 1
    while true do
      local found = line:find("│", from, true)
      if not found then return at end
      at[#at + 1] = vim.fn.strdisplaywidth(line:sub(1, found - 1))
      from = found + 3
    end
  end
  t.equal(7, #bars(total))
  for _, words in ipairs({ "一、本年新收", "3.其他", "二、上年结转" }) do
    t.equal(bars(total), bars(row(page, words)))
  end
end)

test("what is wrong is said above and marked in its cell", function()
  local page = preview("b.txt", report)
  t.equal(1, #lines(page, "错误[fee-unit-slip]"))
  t.contains(row(page, "（七）总计"), "│    234!│")
  t.contains(row(page, "行政事业性收费"), "25977391.028!")
  t.contains(vim.api.nvim_buf_get_lines(page, 0, 1, false)[1], "青石县人民政府2025年 · 勾稽关系")
end)

test("Enter goes to the figure in the text, q closes", function()
  local page, source = preview("c.txt", report)
  go("25977391.028!")
  vim.cmd([[execute "normal \<CR>"]])
  t.equal(source, vim.api.nvim_get_current_buf())
  local found = t.finding(source, "fee-unit-slip")
  t.equal({ found.lnum + 1, found.col }, vim.api.nvim_win_get_cursor(0))
  vim.cmd("wincmd p")
  t.equal(page, vim.api.nvim_get_current_buf())
  vim.cmd("normal q")
  t.equal(false, vim.api.nvim_buf_is_valid(page))
end)

test("K tells the relations of a figure", function()
  preview("d.txt", report)
  go("234!")
  vim.cmd("normal K")
  local floating
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then floating = window end
  end
  local notes = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(floating), 0, -1, false), "\n")
  t.contains(notes, "不成立：")
  t.contains(notes, "（七）总计")
end)

test("an edit shows at once", function()
  local page, source = preview("e.txt", report)
  vim.cmd("wincmd p")
  local found = t.finding(source, "fee-unit-slip")
  vim.api.nvim_buf_set_text(source, found.lnum, found.col, found.lnum, found.col + #found.text, { "2597.74" })
  t.wait("drawn anew", function() return #lines(page, "2597.74") > 0 and #lines(page, "fee-unit-slip") == 0 end)
end)

test("a label that is too long is cut between characters", function()
  local cut = require("gouji.preview_grid").cut
  t.equal("短", cut("短", 4))
  t.equal("长长长…", cut("长长长长长", 8))
  t.equal("𠮷…", cut("𠮷𠮷𠮷", 4))
end)
