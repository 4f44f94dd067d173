--- Commands that the server names in actions and lenses, and that are run here.
local M = {}

M.commands = {
  --- The page of a rule; the server makes it.
  ["gouji.explainRule"] = function(command) require("gouji.commands").explain(command.arguments[1]) end,
  --- Shows a place of a document.
  ["gouji.revealRange"] = function(command, context)
    local uri, range = unpack(command.arguments)
    M.reveal(uri, range, context.client_id)
  end,
}

--- Puts the cursor of the current window on a place of a document.
---@param uri string
---@param range table as the protocol writes it
---@param id integer the client whose encoding its columns are in
function M.reveal(uri, range, id)
  local encoding = vim.lsp.get_client_by_id(id).offset_encoding
  local location = { uri = uri, range = range }
  local util = vim.lsp.util
  if util.show_document then return util.show_document(location, encoding, { focus = true }) end
  return util.jump_to_location(location, encoding)
end

return M
