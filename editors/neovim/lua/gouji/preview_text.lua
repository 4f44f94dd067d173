--- Draws what the server answers to `gouji/preview` as aligned text.
local M = {}

local grid = require("gouji.preview_grid")

local severities = { error = "错误", warning = "警告", info = "提示", hint = "建议" }
local colours =
  { error = "DiagnosticError", warning = "DiagnosticWarn", info = "DiagnosticInfo", hint = "DiagnosticHint" }

---@class gouji.Mark a colour
---@field row integer from 0
---@field from integer first byte
---@field to integer byte behind the last one
---@field group string

---@class gouji.Target a place of the page that stands for one of the document
---@field row integer
---@field from integer
---@field to integer
---@field is_line? boolean it stands for the whole line
---@field range? table as the protocol writes it; nil when the document does not have it
---@field notes string[] what is known of it

---@class gouji.Drawn
---@field lines string[]
---@field marks gouji.Mark[]
---@field targets gouji.Target[]

---@param preview table
---@return gouji.Drawn
function M.draw(preview)
  local drawn = { lines = {}, marks = {}, targets = {} }
  if #preview.reports == 0 then M.line(drawn, "没有认出年度报告") end
  for _, report in ipairs(preview.reports) do
    if #drawn.lines > 0 then M.line(drawn, "") end
    M.report(drawn, report)
  end
  return drawn
end

--- Adds a line. What it stands for is the target of the line.
---@return integer row
function M.line(drawn, text, range, group, notes)
  local row = #drawn.lines
  drawn.lines[row + 1] = text
  if range then
    drawn.targets[#drawn.targets + 1] =
      { row = row, from = 0, to = #text, is_line = true, range = range, notes = notes or {} }
  end
  if group then drawn.marks[#drawn.marks + 1] = { row = row, from = 0, to = #text, group = group } end
  return row
end

function M.report(drawn, report)
  local relations = report.relations
  local tally = ("勾稽关系 %d 条成立"):format(relations.holds)
  if relations.broken > 0 then tally = tally .. ("，%d 条不成立"):format(relations.broken) end
  if relations.unknown > 0 then tally = tally .. ("，%d 条有未知数"):format(relations.unknown) end
  M.line(drawn, ("%s · %s"):format(M.title(report), tally), report.range, "Title")
  M.line(drawn, "回车：跳到原文　K：说明这一格　q：关闭　!：有问题的数", nil, "Comment")
  for _, finding in ipairs(report.findings) do
    local text = ("%s[%s] %s"):format(severities[finding.severity], finding.rule, finding.message)
    M.line(drawn, text, finding.range, colours[finding.severity], { text })
  end
  for _, item in ipairs(report.items or {}) do
    if item.kind == "table" then
      M.table(drawn, item, report.findings)
    else
      M.words(drawn, item, report.findings)
    end
  end
end

function M.title(report)
  local agency = type(report.agency) == "string" and report.agency or "机关不详"
  return agency .. (type(report.year) == "number" and ("%d年"):format(report.year) or "年度不详")
end

--- A title, a heading or a paragraph, its pieces in the colours of their findings.
function M.words(drawn, words, findings)
  if words.kind ~= "paragraph" then M.line(drawn, "") end
  local texts = vim.tbl_map(function(piece) return (piece.text:gsub("%s+", " ")) end, words.pieces)
  local row = M.line(drawn, table.concat(texts), words.range, words.kind ~= "paragraph" and "Title" or nil)
  local from = 0
  for index, piece in ipairs(words.pieces) do
    local finding = M.finding(piece, findings)
    if finding then
      local to = from + #texts[index]
      drawn.marks[#drawn.marks + 1] = { row = row, from = from, to = to, group = colours[finding.severity] }
      drawn.targets[#drawn.targets + 1] =
        { row = row, from = from, to = to, range = piece.range, notes = { finding.message } }
    end
    from = from + #texts[index]
  end
end

--- The finding that a piece or a cell names by its index, which counts from 0.
function M.finding(it, findings)
  if type(it.finding) ~= "number" then return nil end
  return findings[it.finding + 1]
end

function M.table(drawn, item, findings)
  M.line(drawn, "")
  M.line(drawn, item.name, item.range, "Title")
  if type(item.unreadable) == "string" then M.line(drawn, item.unreadable, item.range, "DiagnosticWarn") end
  -- One whose figures are not known has no cells.
  local blocks, first = #item.cells > 0 and item.blocks or {}, 0
  for _, block in ipairs(blocks) do
    if type(block.caption) == "string" then M.line(drawn, block.caption) end
    local function cell(row, column)
      local index = first + (row - 1) * #block.columns + column - 1
      return M.cell(item, index, findings)
    end
    for _, line in ipairs(grid.lines(block, cell)) do
      M.grid_line(drawn, line)
    end
    first = first + #block.rows * #block.columns
  end
  for _, stray in ipairs(item.strays) do
    M.line(drawn, "无法归入的行：" .. stray.text:gsub("%s+", " "), stray.range, "DiagnosticWarn")
  end
end

--- A line of a grid, with its figures as targets.
function M.grid_line(drawn, line)
  local row = M.line(drawn, line.text, line.range, line.is_head and "Comment" or nil)
  for _, figure in ipairs(line.figures) do
    local cell = figure.cell
    drawn.targets[#drawn.targets + 1] =
      { row = row, from = figure.from, to = figure.to, range = cell.range, notes = cell.notes }
    if cell.group then
      drawn.marks[#drawn.marks + 1] = { row = row, from = figure.from, to = figure.to, group = cell.group }
    end
  end
end

local absent = { blank = "", missing = "无", unknown = "?" }

--- A cell by its index, which counts from 0: its text, its colour and what is known of it.
function M.cell(item, index, findings)
  local cell = item.cells[index + 1]
  local notes, group = { cell.name .. "：" .. cell.text }, nil
  for _, relation in ipairs(item.relations) do
    if vim.tbl_contains(relation.cells, index) then
      local is_broken = relation.standing == "broken"
      local mark = is_broken and "不成立：" or relation.standing == "holds" and "成立：" or "有未知数："
      notes[#notes + 1] = mark .. relation.sentence
      if is_broken and relation.total == index then group = "DiagnosticError" end
    end
  end
  local finding = M.finding(cell, findings)
  if finding then
    group = colours[finding.severity]
    table.insert(notes, 2, finding.message)
  end
  local text = cell.text:gsub("%s+", " ")
  if text == "" then text = absent[cell.kind] or "" end
  local range = type(cell.range) == "table" and cell.range or nil
  return { text = text, mark = group and "!" or " ", group = group, range = range, notes = notes }
end

return M
