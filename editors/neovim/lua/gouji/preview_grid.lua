--- Lays a block of a table out in columns. Widths are those on the screen, where a Chinese character takes two cells.
local M = {}

local width = vim.fn.strdisplaywidth
local separator = "│ "
--- Cells of the screen that the label of a row may take.
local widest_label = 44

--- The text, cut to a width of the screen.
---@param text string
---@param limit integer
---@return string
function M.cut(text, limit)
  if width(text) <= limit then return text end
  local cut = ""
  for index = 0, vim.fn.strchars(text) - 1 do
    local longer = cut .. vim.fn.strcharpart(text, index, 1)
    if width(longer .. "…") > limit then break end
    cut = longer
  end
  return cut .. "…"
end

local function left(text, to) return text .. (" "):rep(to - width(text)) end

local function right(text, to) return (" "):rep(to - width(text)) .. text end

--- The lines of a block: its heads, then its rows, each with the figures that stand in it.
---@param block table
---@param cell fun(row: integer, column: integer): table both from 1
---@return table[]
function M.lines(block, cell)
  local cells, widths = {}, {}
  for column, label in ipairs(block.columns) do
    widths[column] = width(label.label)
  end
  for row = 1, #block.rows do
    cells[row] = {}
    for column = 1, #block.columns do
      cells[row][column] = cell(row, column)
      widths[column] = math.max(widths[column], width(cells[row][column].text))
    end
  end
  -- Behind each figure is room for its mark, so that figures end below each other.
  for column, to in ipairs(widths) do
    widths[column] = to + 1
  end
  local labels, groups = M.labels(block)
  local label_width = width(type(block.corner) == "string" and block.corner or "")
  for _, label in ipairs(labels) do
    label_width = math.max(label_width, width(label))
  end
  label_width = math.min(label_width, widest_label) + 1
  local lines = M.heads(block, widths, label_width)
  for row, label in ipairs(labels) do
    for _, group in ipairs(groups[row]) do
      lines[#lines + 1] = { text = group, figures = {} }
    end
    local line = { text = left(M.cut(label, label_width - 1), label_width), figures = {} }
    line.range = type(block.rows[row].range) == "table" and block.rows[row].range or nil
    for column, to in ipairs(widths) do
      local figure = cells[row][column]
      local from = #line.text + #separator
      line.text = line.text .. separator .. right(figure.text, to - 1) .. figure.mark
      line.figures[column] = { from = from, to = #line.text, cell = figure }
    end
    lines[#lines + 1] = line
  end
  return lines
end

--- The labels of the rows, set in below their groups, and the groups that begin at each row.
function M.labels(block)
  local labels, groups, before = {}, {}, {}
  for row, it in ipairs(block.rows) do
    groups[row] = {}
    local is_new = false
    for level, group in ipairs(it.groups) do
      is_new = is_new or before[level] ~= group
      if is_new then table.insert(groups[row], ("  "):rep(level - 1) .. group) end
    end
    labels[row] = ("  "):rep(#it.groups) .. it.label
    before = it.groups
  end
  return labels, groups
end

--- The heads of the columns, the outermost first; a group stands once over all of its columns.
function M.heads(block, widths, label_width)
  local levels = 1
  for _, column in ipairs(block.columns) do
    levels = math.max(levels, #column.groups + 1)
  end
  local lines = {}
  for level = 1, levels do
    local corner = level == levels and type(block.corner) == "string" and block.corner or ""
    local text = left(M.cut(corner, label_width - 1), label_width)
    local column = 1
    while column <= #block.columns do
      local head, last = M.head(block.columns[column], level, levels), column
      local span = widths[column]
      while last < #block.columns and level < levels and M.same(block.columns, column, last + 1, level) do
        last = last + 1
        span = span + width(separator) + widths[last]
      end
      text = text .. separator .. left(M.cut(head, span - 1), span)
      column = last + 1
    end
    -- A block without names of columns and rows has no head.
    if text:gsub("│", ""):find("%S") then
      lines[#lines + 1] = { text = (text:gsub("%s+$", "")), figures = {}, is_head = true }
    end
  end
  return lines
end

--- What stands over a column at a level: its group, or at the last level its label.
function M.head(column, level, levels) return level == levels and column.label or column.groups[level] or "" end

--- Do two columns share the groups down to this level?
function M.same(columns, one, other, level)
  for at = 1, level do
    local group = columns[one].groups[at]
    if not group or group ~= columns[other].groups[at] then return false end
  end
  return true
end

return M
