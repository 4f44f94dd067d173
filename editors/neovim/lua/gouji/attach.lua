--- When the server is attached to a buffer: as soon as its text is a report's, and not before.
local M = {}

local client = require("gouji.client")
local config = require("gouji.config")
local detect = require("gouji.detect")

-- Buffers whose edits are looked at, by number.
local watched = {}
-- That the program is missing is said once.
local complained = false

--- The same for all buffers.
local function consider_all()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    M.consider(buf)
  end
end

--- From now on attaches the server to every buffer that holds a report, those that are open among them.
function M.enable()
  complained = false
  local group = vim.api.nvim_create_augroup("gouji", {})
  local function on(events, pattern, callback)
    vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = callback })
  end
  -- A buffer without a name has no report for the server; it may have got both.
  on({ "BufFilePost", "BufWritePost" }, "*", function(args) M.consider(args.buf) end)
  on("BufWritePost", "*.toml", function(args) M.tell_of_file(args.file) end)

  if client.way() == "vim.lsp.enable" and require("gouji.program").command() then
    local started = client.config()
    started.filetypes = config.options.filetypes
    started.root_dir = function(buf, found)
      if M.wants(buf) then found(detect.root(buf)) end
    end
    vim.lsp.config("gouji", started)
    vim.lsp.enable("gouji")
  else
    -- This too where the program is missing: a report is then the reason to say so.
    on("FileType", config.options.filetypes, function(args) M.consider(args.buf) end)
  end
  consider_all()
end

--- Attaches the buffer if it holds a report, and looks at its edits if it might come to hold one.
---@param buf integer
function M.consider(buf)
  if #client.all(buf) == 0 and M.wants(buf) then client.attach(buf) end
end

--- Is the server to be attached to this buffer now? If not yet, its edits are looked at.
---@param buf integer
---@return boolean
function M.wants(buf)
  if not detect.is_candidate(buf) then return false end
  if not detect.holds_report(buf) then
    M.watch(buf)
    return false
  end
  local command, missing = require("gouji.program").command()
  if not command and not complained then
    complained = true
    require("gouji.say").error(missing .. "；:checkhealth gouji 有详情")
  end
  return command ~= nil
end

--- Attaches the buffer when its text comes to be a report's. Looks only at the lines of each edit: the text may be long.
---@param buf integer
function M.watch(buf)
  if watched[buf] or config.options.attach ~= "content" then return end
  watched[buf] = vim.api.nvim_buf_attach(buf, false, {
    on_lines = function(_, _, _, first, _, last)
      if #client.all(buf) > 0 then
        watched[buf] = nil
        return true
      end
      local lines = vim.api.nvim_buf_get_lines(buf, math.max(first - 1, 0), last + 1, false)
      if not detect.may_be_report(table.concat(lines, "\n")) then return nil end
      watched[buf] = nil
      vim.schedule(function() M.consider(buf) end)
      return true
    end,
    on_detach = function() watched[buf] = nil end,
  })
end

--- Tells the servers that a file of configuration was written, where Neovim does not watch files for them.
---@param file string
function M.tell_of_file(file)
  local uri = vim.uri_from_fname(vim.fn.fnamemodify(file, ":p"))
  for _, it in ipairs(client.all()) do
    local watches = (it.config.capabilities.workspace or {}).didChangeWatchedFiles
    if not (watches and watches.dynamicRegistration) then
      client.notify(it, "workspace/didChangeWatchedFiles", { changes = { { uri = uri, type = 2 } } })
    end
  end
end

return M
