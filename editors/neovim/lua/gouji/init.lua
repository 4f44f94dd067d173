--- gouji in Neovim: starts the language server for annual reports.
local M = {}

--- Takes the options and from now on attaches the server to the buffers that hold reports, those that are open among them.
---@param options? table see gouji.config
function M.setup(options)
  require("gouji.config").set(options or {})
  require("gouji.attach").enable()
end

return M
