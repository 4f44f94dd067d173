local t = require("harness")
local test, report = t.test, t.wrong_figures()

test("a report that is open before setup is attached by it: package managers may load the plugin late", function()
  local buf = t.open("early.txt", report)
  t.settle()
  t.equal(false, t.is_attached(buf))
  t.setup()
  t.wait("attached", function() return t.is_attached(buf) end)
end)

test("the server is started in the way that this Neovim has", function()
  local expected = vim.lsp.enable and "vim.lsp.enable" or vim.lsp.start and "vim.lsp.start" or "vim.lsp.start_client"
  t.equal(expected, require("gouji.client").way())
  t.equal(os.getenv("GOUJI_WAY") or expected, expected)
end)

test("a report is attached, whatever its kind of file", function()
  for _, name in ipairs({ "a.txt", "b.md", "c.html" }) do
    local buf = t.open(name, report)
    t.wait(name, function() return t.is_attached(buf) end)
  end
  t.equal(1, #require("gouji.client").all())
end)

test("other buffers are left alone", function()
  for _, name in ipairs({ "a.txt", "b.md", "c.lua", "d.json" }) do
    local buf = t.open("other/" .. name, name == "c.lua" and report or "会议纪要\n出席：三人\n")
    t.settle()
    t.equal(false, t.is_attached(buf))
  end
end)

test("a buffer is attached when its text becomes a report's", function()
  local buf = t.open("later.md", "草稿\n\n末行\n")
  t.settle()
  t.equal(false, t.is_attached(buf))
  vim.api.nvim_buf_set_lines(buf, 1, 2, false, vim.split(report, "\n"))
  t.wait("attached", function() return t.is_attached(buf) end)
  t.finding(buf, "fee-unit-slip")
end)

test("a title that is typed over two lines counts", function()
  local buf = t.open("typed.txt", "青石县水利局政府信息\n")
  t.settle()
  t.equal(false, t.is_attached(buf))
  vim.api.nvim_buf_set_lines(buf, 1, 1, false, { "公开工作年度报告" })
  t.wait("attached", function() return t.is_attached(buf) end)
end)

test("a new document is attached once it has a name", function()
  vim.cmd("new")
  local buf = vim.api.nvim_get_current_buf()
  vim.bo[buf].filetype = "markdown"
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(report, "\n"))
  t.settle()
  t.equal(false, t.is_attached(buf))
  vim.cmd("silent write " .. vim.fn.fnameescape(t.folder .. "/named.md"))
  t.wait("attached", function() return t.is_attached(buf) end)
end)

test("a gouji.toml above says that a folder's texts are reports", function()
  t.write("configured/gouji.toml", "[rules]\n")
  local buf = t.open("configured/deep/er/a.md", "会议纪要\n")
  t.wait("attached", function() return t.is_attached(buf) end)
  t.equal(t.folder .. "/configured", t.client(buf).config.root_dir)
end)

test("words that are spaced out, broken by tags or Traditional are known", function()
  local may = require("gouji.detect").may_be_report
  for _, text in ipairs({
    "政府信息公开",
    "信　息 公\n开",
    "政府<b>信息</b>&nbsp;公开",
    "政府信息公開",
  }) do
    t.equal(true, may(text))
  end
  for _, text in ipairs({ "", "信息化工作", "公开信息", "来信" }) do
    t.equal(false, may(text))
  end
end)

test("options that are wrong are named, the others taken", function()
  local config = require("gouji.config")
  t.setup({ attache = true, filetypes = "text", virtual_text = false })
  t.contains(t.said[1], "没有选项“attache”；可用的有：attach、capabilities、")
  t.contains(t.said[1], "选项“filetypes”应是 table，这里是 string")
  t.equal({ "text", "markdown", "html" }, config.options.filetypes)
  t.equal(false, config.options.virtual_text)
  t.setup()
  t.equal(true, config.options.virtual_text)
end)

test("a program that is missing is missed when there is a report, and not before", function()
  t.setup({ cmd = { "/nowhere/gouji", "lsp" } })
  t.open("minutes.txt", "会议纪要\n")
  t.settle()
  t.equal({}, t.said)
  local buf = t.open("missing.txt", report)
  t.wait("a message", function() return #t.said > 0 end)
  t.contains(t.said[1], "“/nowhere/gouji”不能执行；:checkhealth gouji 有详情")
  t.equal(false, t.is_attached(buf))
  t.open("missing too.txt", report)
  t.settle()
  t.equal(1, #t.said)
  -- Once it is there, a restart is enough.
  t.setup()
  vim.cmd("Gouji restart")
  t.wait("attached", function() return t.is_attached(buf) end)
end)
