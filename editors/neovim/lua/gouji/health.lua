--- `:checkhealth gouji`
local M = {}

local client = require("gouji.client")
local config = require("gouji.config")
local detect = require("gouji.detect")
local program = require("gouji.program")

-- The functions lost their prefix in 0.10; before 0.8 there was no vim.health.
local health = vim.health or require("health")
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local info = health.info or health.report_info
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

function M.check()
  start("gouji：程序")
  M.check_program()
  start("gouji：设置")
  M.check_settings()
  start("gouji：语言服务器")
  M.check_clients()
  start("gouji：打开的文档")
  M.check_buffers()
end

function M.check_program()
  local command, missing = program.command()
  if not command then return fail(missing, { "查找过的地方：" .. table.concat(program.places(), "、") }) end
  ok("程序：" .. table.concat(command, " "))
  local version, why = program.run({ "--version" })
  if not version then return fail("程序不能运行：" .. why) end
  ok("版本：" .. vim.trim(version))
end

function M.check_settings()
  if config.is_set then
    ok('已调用 require("gouji").setup')
  else
    warn(
      '没有调用 require("gouji").setup，服务器不会启动',
      { '在 init.lua 中写 require("gouji").setup{}' }
    )
  end
  info("启动方式：" .. client.way())
  if not vim.lsp.inlay_hint then info("不显示行内提示和表格上方的说明：需要 Neovim 0.10 以上") end
  local encodings = vim.split(vim.o.fileencodings, ",")
  if not (vim.tbl_contains(encodings, "gb18030") or vim.tbl_contains(encodings, "cp936")) then
    info(
      "GB18030 编码的报告会显示为乱码；需要时设 vim.o.fileencodings = “ucs-bom,utf-8,gb18030,latin1”"
    )
  end
end

function M.check_clients()
  local clients = client.all()
  if #clients == 0 then return info("没有运行；打开一份报告时启动") end
  for _, it in ipairs(clients) do
    local provides = it.server_capabilities or {}
    ok(
      ("编号 %d，目录 %s，位置编码 %s，文档 %d 份"):format(
        it.id,
        it.config.root_dir or "无",
        provides.positionEncoding or it.offset_encoding,
        #client.buffers(it)
      )
    )
  end
end

function M.check_buffers()
  local none = true
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if detect.is_candidate(buf) then
      none = false
      local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buf), ":~:.")
      local folder = detect.above(buf, "gouji.toml")
      local configured = folder and ("，配置 " .. folder .. "/gouji.toml") or ""
      if #client.all(buf) > 0 then
        ok(name .. "：正在检查" .. configured)
      elseif config.is_set and detect.holds_report(buf) then
        warn(name .. "：是报告，但没有接上服务器", { ":Gouji restart" })
      else
        info(name .. "：不像年度报告（没有“信息公开”字样），不检查")
      end
    end
  end
  if none then info("没有 " .. table.concat(config.options.filetypes, "、") .. " 类型的文档") end
end

return M
