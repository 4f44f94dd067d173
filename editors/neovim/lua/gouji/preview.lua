--- `:Gouji preview`: a report as its readers see it, beside its text.
local M = {}

local client = require("gouji.client")
local page = require("gouji.page")

local namespace = vim.api.nvim_create_namespace("gouji_preview")
-- What each page shows: the drawn text, its document and the client whose positions it has.
local shown = {}

--- Opens the preview of a buffer, and keeps it fresh.
function M.open(it, source)
  M.ask(it, source, function(drawn)
    local name = "preview/" .. vim.fn.fnamemodify(vim.api.nvim_buf_get_name(source), ":t")
    local buf = page.show(name, drawn.lines, "gouji-preview")
    vim.wo.wrap = false
    M.draw(buf, it, source, drawn)
    local function map(key, run, what) vim.keymap.set("n", key, run, { buffer = buf, nowait = true, desc = what }) end
    map("<CR>", function() M.jump(buf) end, "跳到原文")
    map("K", function() M.explain(buf) end, "说明这一格")
    M.follow(buf, source)
  end)
end

--- Asks the server for the reports of a buffer, drawn.
function M.ask(it, source, done)
  local params = { textDocument = { uri = vim.uri_from_bufnr(source) } }
  client.request(it, "gouji/preview", params, source, function(preview)
    if preview then done(require("gouji.preview_text").draw(preview)) end
  end)
end

--- Puts the drawn text and its colours into a page.
function M.draw(buf, it, source, drawn)
  shown[buf] = { drawn = drawn, source = source, id = it.id }
  page.fill(buf, drawn.lines)
  vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  for _, mark in ipairs(drawn.marks) do
    vim.api.nvim_buf_set_extmark(buf, namespace, mark.row, mark.from, { end_col = mark.to, hl_group = mark.group })
  end
end

--- Draws a page anew whenever its document has been checked, until it is closed.
function M.follow(buf, source)
  local group = vim.api.nvim_create_augroup("gouji_preview_" .. buf, {})
  vim.api.nvim_create_autocmd("DiagnosticChanged", {
    group = group,
    buffer = source,
    callback = function()
      local it = client.all(source)[1]
      if not it or not it.initialized or not vim.api.nvim_buf_is_loaded(buf) then return end
      M.ask(it, source, function(drawn)
        if vim.api.nvim_buf_is_loaded(buf) then M.draw(buf, it, source, drawn) end
      end)
    end,
  })
  vim.api.nvim_create_autocmd("BufWipeout", {
    group = group,
    buffer = buf,
    callback = function()
      shown[buf] = nil
      vim.api.nvim_del_augroup_by_id(group)
    end,
  })
end

--- What of the document stands at the cursor: the figure there, else what the line is about.
local function target(buf)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local line
  for _, it in ipairs(shown[buf].drawn.targets) do
    if it.row == row - 1 then
      if it.is_line then
        line = it
      elseif it.from <= column and column < it.to then
        return it
      end
    end
  end
  return line
end

--- Shows the place in the document that the cursor's line or figure comes from.
function M.jump(buf)
  local it = target(buf)
  if not it or not it.range then return end
  local source, id = shown[buf].source, shown[buf].id
  local window = vim.fn.bufwinid(source)
  if window == -1 then
    vim.cmd("aboveleft split")
    vim.api.nvim_win_set_buf(0, source)
  else
    vim.api.nvim_set_current_win(window)
  end
  require("gouji.on_server").reveal(vim.uri_from_bufnr(source), it.range, id)
end

--- Shows what is known of the figure at the cursor: its name, what is wrong with it, and its relations.
function M.explain(buf)
  local it = target(buf)
  if not it or #it.notes == 0 then return end
  vim.lsp.util.open_floating_preview(it.notes, "", { wrap = true, max_width = 80 })
end

return M
