--- Which program is the server.
local M = {}

local config = require("gouji.config")

local suffix = vim.fn.has("win32") == 1 and ".exe" or ""

--- Where it is looked for, in this order: PATH, where cargo installs, and the build of the repository that this plugin stands in.
---@return string[]
function M.places()
  local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
  local repository = vim.fn.fnamemodify(here, ":h:h:h:h")
  local home = vim.env.CARGO_HOME or vim.fn.expand("~/.cargo")
  return { "gouji", home .. "/bin/gouji" .. suffix, repository .. "/target/release/gouji" .. suffix }
end

--- The command of the server; nil and the reason when there is no such program.
---@return string[]|nil
---@return string|nil
function M.command()
  local given = config.options.cmd
  if given then
    -- Another one is not taken in its place: its user would believe that his own build is running.
    if vim.fn.executable(given[1]) == 1 then return given end
    return nil, ("选项 cmd 中的程序“%s”不能执行"):format(tostring(given[1]))
  end
  for _, place in ipairs(M.places()) do
    if vim.fn.executable(place) == 1 then return { vim.fn.exepath(place), "lsp" } end
  end
  return nil,
    "找不到程序 gouji。请在仓库目录中运行 cargo install --path server/cli，或用选项 cmd 指明它在哪里"
end

--- What the program answers to `arguments`; nil and the reason when it fails.
---@param arguments string[]
---@return string|nil
---@return string|nil
function M.run(arguments)
  local command, missing = M.command()
  if not command then return nil, missing end
  local answer = vim.fn.system(vim.list_extend({ command[1] }, arguments))
  if vim.v.shell_error ~= 0 then return nil, vim.trim(answer) end
  return answer
end

return M
