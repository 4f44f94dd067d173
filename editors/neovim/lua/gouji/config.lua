--- The options of `setup`.
local M = {}

---@class gouji.Options
---@field cmd? string[] the server's command; nil looks for the program
---@field filetypes string[] which buffers may hold reports
---@field attach "content"|"always"|fun(buf: integer): boolean which of them do
---@field settings table the keys of gouji.toml
---@field virtual_text boolean|table as in vim.diagnostic.config; false leaves Neovim's own setting
---@field code_lens boolean
---@field inlay_hints boolean
---@field capabilities? table of the client, over Neovim's own
---@field on_attach? fun(client: table, buf: integer)
local defaults = {
  cmd = nil,
  filetypes = { "text", "markdown", "html" },
  attach = "content",
  settings = {},
  virtual_text = true,
  code_lens = true,
  inlay_hints = true,
  capabilities = nil,
  on_attach = nil,
}

local types = {
  cmd = { "table" },
  filetypes = { "table" },
  attach = { "string", "function" },
  settings = { "table" },
  virtual_text = { "boolean", "table" },
  code_lens = { "boolean" },
  inlay_hints = { "boolean" },
  capabilities = { "table" },
  on_attach = { "function" },
}

---@type gouji.Options
M.options = vim.deepcopy(defaults)
--- Has `setup` been called?
M.is_set = false

--- What is wrong with the options, each in a sentence.
---@return string[]
function M.problems(options)
  local problems = {}
  for key, value in pairs(options) do
    local allowed = types[key]
    if not allowed then
      local known = vim.tbl_keys(types)
      table.sort(known)
      problems[#problems + 1] = ("没有选项“%s”；可用的有：%s"):format(
        tostring(key),
        table.concat(known, "、")
      )
    elseif not vim.tbl_contains(allowed, type(value)) then
      problems[#problems + 1] = ("选项“%s”应是 %s，这里是 %s"):format(
        key,
        table.concat(allowed, " 或 "),
        type(value)
      )
    end
  end
  local attach = options.attach
  if type(attach) == "string" and attach ~= "content" and attach ~= "always" then
    problems[#problems + 1] = ('选项“attach”应是 "content"、"always" 或函数，这里是 "%s"'):format(
      attach
    )
  end
  table.sort(problems)
  return problems
end

--- Takes the options that are right and names the others.
function M.set(options)
  local problems = M.problems(options)
  if #problems > 0 then require("gouji.say").warn("setup：" .. table.concat(problems, "\n")) end
  M.options = vim.deepcopy(defaults)
  for key, value in pairs(options) do
    if #M.problems({ [key] = value }) == 0 then M.options[key] = value end
  end
  M.is_set = true
end

return M
