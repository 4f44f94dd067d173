local t = require("harness")
local test, report = t.test, t.wrong_figures()

--- What :checkhealth says.
local function health()
  vim.cmd("silent checkhealth gouji")
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

--- Neither a warning nor an error; Neovim has written them in different ways.
local function is_clean(text) return not (text:find("WARNING", 1, true) or text:find("ERROR", 1, true)) end

test("before setup that is what is missing", function()
  local text = health()
  t.equal(false, is_clean(text))
  t.contains(text, '没有调用 require("gouji").setup')
end)

test("with a report open all is well", function()
  t.setup()
  local buf = t.open("a.txt", report)
  t.write("gouji.toml", "[rules]\n")
  t.finding(buf, "fee-unit-slip")
  local encoding = t.client(buf).offset_encoding
  local text = health()
  t.equal(true, is_clean(text))
  t.contains(text, "程序：" .. t.program .. " lsp")
  t.contains(text, "版本：gouji ")
  t.contains(text, "启动方式：" .. require("gouji.client").way())
  t.contains(text, ("目录 %s，位置编码 %s，文档 1 份"):format(t.folder, encoding))
  t.contains(text, "a.txt：正在检查，配置 " .. t.folder .. "/gouji.toml")
  os.remove(t.folder .. "/gouji.toml")
end)

test("a text that is no report is said to be none", function()
  t.open("minutes.txt", "会议纪要\n")
  local text = health()
  t.equal(true, is_clean(text))
  t.contains(text, "minutes.txt：不像年度报告")
end)

test("a program that is missing is an error with what to do", function()
  t.setup({ cmd = { "/nowhere/gouji", "lsp" } })
  local text = health()
  t.equal(false, is_clean(text))
  t.contains(text, "选项 cmd 中的程序“/nowhere/gouji”不能执行")
end)
