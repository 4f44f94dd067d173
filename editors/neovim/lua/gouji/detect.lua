--- Which buffers hold reports.
local M = {}

local config = require("gouji.config")
local uv = vim.uv or vim.loop

-- A little wider than what the server takes for a report, never narrower: the words may be spaced out, broken by tags or lines, or Traditional.
local words = { "信息公开", "信息公開" }

---@param text string
local function names_subject(text)
  for _, word in ipairs(words) do
    if text:find(word, 1, true) then return true end
  end
  return false
end

--- May a report stand in this text?
---@param text string
---@return boolean
function M.may_be_report(text)
  if names_subject(text) then return true end
  if not text:find("信", 1, true) then return false end
  local bare = text:gsub("<[^<>]*>", ""):gsub("&nbsp;", ""):gsub("　", ""):gsub("\194\160", ""):gsub("%s+", "")
  return names_subject(bare)
end

--- May this buffer hold a report, whatever it says now? It must have a name: the server knows documents by their names.
---@param buf integer
---@return boolean
function M.is_candidate(buf)
  if not vim.api.nvim_buf_is_loaded(buf) or vim.bo[buf].buftype ~= "" then return false end
  local name = vim.api.nvim_buf_get_name(buf)
  if name == "" or name:find("^%a[%w+.-]+://") then return false end
  return vim.tbl_contains(config.options.filetypes, vim.bo[buf].filetype)
end

--- Does a candidate hold one, as the option `attach` has it? A gouji.toml above it says that all of them do: its forms may know other words.
---@param buf integer
---@return boolean
function M.holds_report(buf)
  local attach = config.options.attach
  if attach == "always" then return true end
  if type(attach) == "function" then return attach(buf) == true end
  local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  return M.may_be_report(table.concat(lines, "\n")) or M.above(buf, "gouji.toml") ~= nil
end

--- The nearest folder, from the buffer's own upwards, that has something of this name.
---@param buf integer
---@param name string
---@return string|nil
function M.above(buf, name)
  local folder = M.folder(buf)
  while true do
    if uv.fs_stat(folder .. "/" .. name) then return folder end
    local parent = vim.fn.fnamemodify(folder, ":h")
    if parent == folder then return nil end
    folder = parent
  end
end

--- The folder of a buffer's file.
---@param buf integer
---@return string
function M.folder(buf) return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buf), ":p:h") end

--- The folder that the server is started for.
---@param buf integer
---@return string
function M.root(buf) return M.above(buf, "gouji.toml") or M.above(buf, ".git") or M.folder(buf) end

return M
