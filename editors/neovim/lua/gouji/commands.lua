--- What `:Gouji` does.
local M = {}

local client = require("gouji.client")
local page = require("gouji.page")
local program = require("gouji.program")
local say = require("gouji.say")

local formats = { "csv", "json" }

---@class gouji.Subcommand
---@field run fun(arguments: string[], bang: boolean)
---@field complete? fun(): string[] what its first argument may be

---@type table<string, gouji.Subcommand>
local subcommands = {
  new = { run = function(arguments) M.new(arguments[1], arguments[2]) end },
  export = {
    run = function(arguments) M.export(arguments[1] or "csv") end,
    complete = function() return formats end,
  },
  explain = {
    run = function(arguments) M.explain(arguments[1]) end,
    complete = function() return M.rules() end,
  },
  restart = { run = function() M.restart() end },
  preview = {
    run = function()
      M.for_report(function(it, buf) require("gouji.preview").open(it, buf) end)
    end,
  },
  fix = { run = function() M.for_report(M.fix) end },
  config = { run = function() M.configuration() end },
}

local function names()
  local all = vim.tbl_keys(subcommands)
  table.sort(all)
  return all
end

--- Runs `:Gouji …`.
function M.run(call)
  local arguments = call.fargs
  local name = table.remove(arguments, 1)
  local subcommand = subcommands[name]
  if subcommand then return subcommand.run(arguments) end
  local given = name and ("没有子命令“" .. name .. "”；") or "用法 :Gouji 子命令；"
  say.warn(given .. "可用的有：" .. table.concat(names(), "、"))
end

--- Completes the word that is being written.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  -- What comes before the word: the command, and perhaps the subcommand.
  local before = vim.split(vim.trim(line:sub(1, #line - #lead)), "%s+")
  local offers = {}
  if #before == 1 then
    offers = names()
  elseif #before == 2 and subcommands[before[2]] and subcommands[before[2]].complete then
    offers = subcommands[before[2]].complete()
  end
  return vim.tbl_filter(function(it) return vim.startswith(it, lead) end, offers)
end

local rules

--- The ids of all rules, as the program lists them; none when it can't.
---@return string[]
function M.rules()
  if rules then return rules end
  local listed = program.run({ "rules", "--format", "json" })
  if not listed then return {} end
  rules = vim.tbl_map(function(rule) return rule.id end, vim.fn.json_decode(listed).rules)
  table.sort(rules)
  return rules
end

--- Calls `act` with the server and the report of the current buffer, if it holds one.
---@param act fun(it: table, buf: integer)
function M.for_report(act)
  local buf = vim.api.nvim_get_current_buf()
  if #client.all(buf) == 0 then
    return say.warn("这个缓冲区里没有年度报告；:checkhealth gouji 说明原因")
  end
  client.with(buf, function(it) act(it, buf) end)
end

--- Opens a complete empty report; what is not given is asked for.
---@param agency? string
---@param year? string
function M.new(agency, year)
  if not agency then
    return vim.ui.input({ prompt = "机关名称（全称）：" }, function(given)
      if given and vim.trim(given) ~= "" then M.new(vim.trim(given), year) end
    end)
  end
  if not year then
    local last = tostring(tonumber(os.date("%Y")) - 1)
    return vim.ui.input({ prompt = "报告年度：", default = last }, function(given)
      if given and vim.trim(given) ~= "" then M.new(agency, vim.trim(given)) end
    end)
  end
  if not year:find("^%d%d%d%d$") then
    return say.error(("报告年度应是四位数字，如 2025，这里是“%s”"):format(year))
  end
  client.with(nil, function(it)
    client.execute(it, "gouji.newReport", { agency, tonumber(year) }, 0, function(text)
      local lines = page.lines(text)
      page.draft(text, "text", vim.fn.getcwd() .. "/" .. lines[1]:gsub('[%s/\\:*?"<>|]', "") .. ".txt")
    end)
  end)
end

--- Shows the figures of the report.
---@param format string
function M.export(format)
  if not vim.tbl_contains(formats, format) then
    return say.error(("格式应是 %s，这里是“%s”"):format(table.concat(formats, " 或 "), format))
  end
  M.for_report(function(it, buf)
    client.execute(
      it,
      "gouji.export",
      { vim.uri_from_bufnr(buf), format },
      buf,
      function(text) page.draft(text, format) end
    )
  end)
end

--- Shows the page of a rule, by default of the one that speaks at the cursor.
---@param rule? string
function M.explain(rule)
  local buf = vim.api.nvim_get_current_buf()
  if rule then
    return client.with(buf, function(it)
      client.execute(
        it,
        "gouji.explainRule",
        { rule, vim.uri_from_bufnr(buf) },
        buf,
        function(text) page.show("explain/" .. rule, page.lines(text), "markdown") end
      )
    end)
  end
  local found = M.rules_at_cursor()
  if #found == 0 then return say.warn("这一行没有问题；:Gouji explain 规则编号 说明任一规则") end
  if #found == 1 then return M.explain(found[1]) end
  vim.ui.select(found, { prompt = "说明哪一条规则" }, function(chosen)
    if chosen then M.explain(chosen) end
  end)
end

--- The rules of the findings at the cursor, else of those on its line.
---@return string[]
function M.rules_at_cursor()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local here, on_line = {}, {}
  for _, found in ipairs(vim.diagnostic.get(0, { lnum = row - 1 })) do
    local lsp = (found.user_data or {}).lsp or {}
    local rule = found.code or lsp.code
    if found.source == "gouji" and rule and not vim.tbl_contains(on_line, rule) then
      on_line[#on_line + 1] = rule
      if found.col <= column and column < found.end_col then here[#here + 1] = rule end
    end
  end
  return #here > 0 and here or on_line
end

--- Shows what the file is checked by, and which gouji.toml says so.
function M.configuration()
  local buf = vim.api.nvim_get_current_buf()
  client.with(buf, function(it)
    client.execute(
      it,
      "gouji.showConfiguration",
      { vim.uri_from_bufnr(buf) },
      buf,
      function(text) page.show("config", page.lines(text), "toml") end
    )
  end)
end

--- Applies every fix that changes no fact.
function M.fix(it, buf)
  local function apply(edit)
    if not edit then return say.info("没有可以直接改正的问题") end
    vim.lsp.util.apply_workspace_edit(edit, it.offset_encoding)
  end
  local start = { line = 0, character = 0 }
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(buf) },
    range = { start = start, ["end"] = start },
    context = { only = { "source.fixAll.gouji" }, diagnostics = {} },
  }
  -- Neovim may still hold back the last edits; a request sends them first, so that the answer is for what is seen.
  client.request(it, "textDocument/codeAction", params, buf, function(actions)
    local action = (actions or {})[1]
    if not action or action.edit then return apply(action and action.edit) end
    client.request(it, "codeAction/resolve", action, buf, function(resolved) apply(resolved and resolved.edit) end)
  end)
end

--- Starts the servers anew, and those that were missing.
function M.restart()
  client.stop(function(buffers)
    for _, buf in ipairs(buffers) do
      if vim.api.nvim_buf_is_loaded(buf) then client.attach(buf) end
    end
    -- The program may have come since.
    require("gouji.attach").enable()
  end)
end

return M
