--- Messages to the user.
local M = {}

function M.info(text) vim.notify("gouji：" .. text, vim.log.levels.INFO) end

function M.warn(text) vim.notify("gouji：" .. text, vim.log.levels.WARN) end

function M.error(text) vim.notify("gouji：" .. text, vim.log.levels.ERROR) end

return M
