-- What the tests share: documents in a folder of their own, waiting with a limit, and an exit status that tells.
--
-- Run by test/run: nvim --clean --headless --cmd 'set rtp^=PLUGIN' -c 'luafile harness.lua' -c 'lua require("harness").run("NAME")'
--   GOUJI_PROGRAM  the server's program
--   GOUJI_WAY      "vim.lsp.start" takes away what Neovim 0.11 brought, so that the way of 0.8 to 0.10 is gone

if os.getenv("GOUJI_WAY") == "vim.lsp.start" then
  vim.lsp.config, vim.lsp.enable = nil, nil
end

local M = {}

local failed = 0

local plugin = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h")
local repository = vim.fn.fnamemodify(plugin, ":h:h")
local folder = vim.fn.resolve(vim.fn.tempname())
vim.fn.mkdir(folder, "p")

M.plugin, M.repository, M.folder = plugin, repository, folder
M.program = os.getenv("GOUJI_PROGRAM")

-- Messages, which a test may look for.
M.said = {}
vim.notify = function(text) M.said[#M.said + 1] = text end

--- The options of every test: the server that was built for it.
function M.setup(options) require("gouji").setup(vim.tbl_extend("force", { cmd = { M.program, "lsp" } }, options or {})) end

--- A report of the repository, as a text.
function M.report(path)
  local file = assert(io.open(repository .. "/" .. path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

--- The report with the two figures that people get wrong most.
function M.wrong_figures() return M.report("editors/vscode/test/reports/wrong-figures.txt") end

--- Writes a document into the test's folder.
function M.write(name, text)
  local path = folder .. "/" .. name
  vim.fn.mkdir(vim.fn.fnamemodify(path, ":h"), "p")
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end

--- What a document of the test's folder holds.
function M.read(name)
  local file = assert(io.open(folder .. "/" .. name, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

--- Writes a document and opens it.
function M.open(name, text)
  vim.cmd("edit " .. vim.fn.fnameescape(M.write(name, text)))
  return vim.api.nvim_get_current_buf()
end

--- Waits until the condition holds.
function M.wait(what, condition)
  if not vim.wait(10000, condition, 10) then error("never: " .. what .. "\n" .. vim.inspect(M.said), 2) end
end

--- Lets time pass for something that must not happen.
function M.settle()
  vim.wait(400, function() return false end, 10)
end

function M.equal(expected, actual)
  if not vim.deep_equal(expected, actual) then
    error(("expected %s\ngot %s"):format(vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

function M.contains(text, part)
  if not tostring(text):find(part, 1, true) then error(("%q is not in\n%s"):format(part, text), 2) end
end

--- Is the server attached to the buffer?
function M.is_attached(buf) return #require("gouji.client").all(buf) > 0 end

--- The client of a buffer, once its server has answered.
function M.client(buf)
  M.wait("a client", function()
    local client = require("gouji.client").all(buf)[1]
    return client and client.initialized
  end)
  return require("gouji.client").all(buf)[1]
end

--- The findings of a buffer, by place: rule, the bytes that it stands on, message.
function M.findings(buf)
  local found = vim.diagnostic.get(buf)
  table.sort(found, function(a, b)
    if a.lnum ~= b.lnum then return a.lnum < b.lnum end
    return a.col < b.col
  end)
  return vim.tbl_map(function(it)
    local line = vim.api.nvim_buf_get_lines(buf, it.lnum, it.lnum + 1, false)[1]
    local code = it.code or it.user_data.lsp.code
    return { rule = code, text = line:sub(it.col + 1, it.end_col), lnum = it.lnum, col = it.col, message = it.message }
  end, found)
end

--- The same, as soon as a rule is among them.
function M.finding(buf, rule)
  local found
  M.wait(rule, function()
    for _, it in ipairs(M.findings(buf)) do
      if it.rule == rule then found = it end
    end
    return found
  end)
  return found
end

--- Whether no finding is of this rule.
function M.lacks(buf, rule)
  return #vim.tbl_filter(function(it) return it.rule == rule end, M.findings(buf)) == 0
end

--- Answers the next menus with the first item that holds these words; gives what was offered.
function M.choose(words)
  local offered = {}
  vim.ui.select = function(items, options, done)
    local format = options.format_item or tostring
    local chosen
    for index, item in ipairs(items) do
      offered[#offered + 1] = format(item)
      if not chosen and format(item):find(words, 1, true) then chosen = index end
    end
    done(items[chosen], chosen)
  end
  return offered
end

--- One test: buffers and servers of the one before are gone.
function M.test(name, run)
  vim.cmd("silent! %bwipeout!")
  M.said = {}
  local passed, why = xpcall(run, debug.traceback)
  io.stdout:write((passed and "ok    " or "FAIL  ") .. name .. "\n")
  if not passed then
    failed = failed + 1
    io.stdout:write("      " .. tostring(why):gsub("\n", "\n      ") .. "\n")
  end
end

--- Runs a file of tests and ends Neovim with a status that says whether all passed.
function M.run(name)
  local loaded, why = xpcall(dofile, debug.traceback, ("%s/test/%s_test.lua"):format(plugin, name))
  if not loaded then io.stdout:write(why .. "\n") end
  vim.cmd("silent! %bwipeout!")
  vim.fn.delete(folder, "rf")
  vim.cmd(loaded and failed == 0 and "qall!" or "cquit 1")
end

package.loaded.harness = M
