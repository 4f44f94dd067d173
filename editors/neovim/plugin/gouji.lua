-- Runs at every start of Neovim: names the command and reads nothing else.
if vim.g.loaded_gouji then return end
vim.g.loaded_gouji = true

vim.api.nvim_create_user_command("Gouji", function(call) require("gouji.commands").run(call) end, {
  nargs = "*",
  bang = true,
  desc = "gouji：政府信息公开工作年度报告",
  complete = function(lead, line) return require("gouji.commands").complete(lead, line) end,
})
