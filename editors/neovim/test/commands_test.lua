local t = require("harness")
local test, report = t.test, t.wrong_figures()

t.setup()

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") end

local function complete(line) return vim.fn.getcompletion(line, "cmdline") end

test("subcommands, formats and rules are completed", function()
  t.equal({ "config", "explain", "export", "fix", "new", "preview", "restart" }, complete("Gouji "))
  t.equal({ "explain", "export" }, complete("Gouji exp"))
  t.equal({ "csv", "json" }, complete("Gouji export "))
  t.equal({ "requests-balance" }, complete("Gouji explain requests-bal"))
  t.equal({}, complete("Gouji export csv "))
  t.equal({}, complete("Gouji nothing "))
end)

test("a subcommand that does not exist is answered with those that do", function()
  vim.cmd("Gouji nothing")
  t.contains(t.said[1], "没有子命令“nothing”；可用的有：config、explain、")
  vim.cmd("Gouji")
  t.contains(t.said[2], "用法 :Gouji 子命令；可用的有：config、")
end)

test("without a report a command says so", function()
  t.open("minutes.txt", "会议纪要\n")
  for _, command in ipairs({ "export", "fix", "preview" }) do
    t.said = {}
    vim.cmd("Gouji " .. command)
    t.contains(t.said[1], "这个缓冲区里没有年度报告")
  end
end)

test("the rule at the cursor is explained, or the one that is named", function()
  local buf = t.open("explained.txt", report)
  local found = t.finding(buf, "fee-unit-slip")
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  vim.cmd("Gouji explain")
  t.wait("a page", function() return vim.bo.filetype == "markdown" end)
  t.contains(text(), "## 查什么")
  t.contains(vim.api.nvim_buf_get_name(0), "explain/fee-unit-slip")
  t.equal(false, vim.bo.modifiable)
  vim.cmd("normal q")
  t.equal(buf, vim.api.nvim_get_current_buf())
  vim.cmd("Gouji explain requests-balance")
  t.wait("a page", function() return vim.api.nvim_buf_get_name(0):find("requests-balance", 1, true) end)
  t.contains(text(), "## 为什么")
end)

test("where nothing is wrong there is nothing to explain, and a rule that does not exist is said so", function()
  local buf = t.open("right.txt", report)
  t.finding(buf, "fee-unit-slip")
  vim.cmd("Gouji explain")
  t.contains(t.said[1], "这一行没有问题")
  vim.cmd("Gouji explain requests-balanc")
  t.wait("a message", function() return #t.said == 2 end)
  t.contains(t.said[2], "requests-balanc")
end)

test("an action of the server's that explains a rule shows its page", function()
  local buf = t.open("action.txt", report)
  local found = t.finding(buf, "fee-unit-slip")
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  t.choose("解释规则 fee-unit-slip")
  vim.lsp.buf.code_action()
  t.wait("a page", function() return vim.api.nvim_buf_get_name(0):find("explain/fee-unit-slip", 1, true) end)
  t.wait("its text", function() return text():find("## 查什么", 1, true) end)
end)

test("safe fixes are applied all at once, and nothing else is", function()
  local buf = t.open("fixed.txt", t.report("tests/reports/04-pipes.txt"))
  t.wait("findings", function() return #vim.diagnostic.get(buf) > 0 end)
  local before = text()
  vim.cmd("Gouji fix")
  t.wait("mended", function() return text() ~= before end)
  local program =
    vim.fn.system({ t.program, "check", "--quiet", "--fail-on", "never", "--fix", t.folder .. "/fixed.txt" })
  t.equal(0, vim.v.shell_error, program)
  t.equal(vim.trim(t.read("fixed.txt")), vim.trim(text()))
end)

test("a restart brings new servers for the same documents", function()
  local buf = t.open("restarted.txt", report)
  local before = t.client(buf).id
  t.finding(buf, "fee-unit-slip")
  vim.cmd("Gouji restart")
  t.wait("a new one", function()
    local client = require("gouji.client").all(buf)[1]
    return client and client.id ~= before and client.initialized
  end)
  t.equal(nil, vim.lsp.get_client_by_id(before))
  t.finding(buf, "fee-unit-slip")
end)

test("figures are exported as the text is now", function()
  local buf = t.open("exported.txt", report)
  t.client(buf)
  local found = t.finding(buf, "fee-unit-slip")
  vim.api.nvim_buf_set_text(buf, found.lnum, found.col, found.lnum, found.col + #found.text, { "2597.74" })
  vim.cmd("Gouji export json")
  t.wait("figures", function() return vim.bo.filetype == "json" end)
  local exported = vim.fn.json_decode(text())
  t.equal("青石县人民政府", exported.reports[1].agency)
  t.equal("2597.74", exported.reports[1].tables.proactive.admin_fee.amount.text)
  t.equal(234, exported.reports[1].tables.requests.results_total.total.value)
  vim.cmd("Gouji export xml")
  t.contains(t.said[1], "格式应是 csv 或 json，这里是“xml”")
end)

test("a new report is complete, has a name, and has nothing wrong but what is still to be written", function()
  vim.cmd("cd " .. vim.fn.fnameescape(t.folder))
  vim.cmd("Gouji new 青石县水利局 2025")
  t.wait("a draft", function() return vim.api.nvim_buf_get_name(0):find("水利局", 1, true) end)
  t.equal(
    t.folder .. "/青石县水利局2025年政府信息公开工作年度报告.txt",
    vim.api.nvim_buf_get_name(0)
  )
  t.contains(text(), "青石县水利局2025年政府信息公开工作年度报告")
  local buf = vim.api.nvim_get_current_buf()
  t.client(buf)
  t.settle()
  t.equal({}, vim.diagnostic.get(buf, { severity = vim.diagnostic.severity.ERROR }))
  vim.cmd("silent write")
  t.contains(
    t.read("青石县水利局2025年政府信息公开工作年度报告.txt"),
    "六、其他需要报告的事项"
  )
end)

test("what a new report needs is asked for", function()
  local asked = {}
  vim.ui.input = function(options, done)
    asked[#asked + 1] = options.prompt
    done(#asked == 1 and " 青石县教育局 " or "2024")
  end
  vim.cmd("Gouji new")
  t.wait("a draft", function() return text():find("青石县教育局2024年", 1, true) end)
  t.equal({ "机关名称（全称）：", "报告年度：" }, asked)
  vim.cmd("Gouji new 青石县教育局 24")
  t.contains(t.said[#t.said], "报告年度应是四位数字")
end)

test("the configuration that counts is shown", function()
  t.write("configured/gouji.toml", '[rules]\nfee-unit-slip = "hint"\n')
  t.client(t.open("configured/a.txt", report))
  vim.cmd("Gouji config")
  t.wait("a page", function() return vim.bo.filetype == "toml" end)
  t.contains(text(), "configured/gouji.toml")
  t.contains(text(), 'fee-unit-slip = "hint" # 默认 error')
end)

test("a new report needs no other to be open", function()
  vim.cmd("Gouji restart")
  t.wait("stopped", function() return #require("gouji.client").all() == 0 end)
  vim.cmd("Gouji new 青石县水利局 2023")
  t.wait("a draft", function() return text():find("青石县水利局2023年", 1, true) end)
  t.equal(1, #require("gouji.client").all())
end)
