--- What is shown beside the text of an attached buffer: virtual text, lenses, hints.
local M = {}

local config = require("gouji.config")

--- Called for every buffer that is attached.
function M.on_attach(client, buf)
  local options = config.options
  if options.virtual_text then M.virtual_text(client, options.virtual_text) end
  local provides = client.server_capabilities or {}
  local hint = vim.lsp.inlay_hint
  -- Neovims without hints have lenses that fail, and say so, for a buffer that was closed before the answer came; seen in 0.7.2.
  if options.code_lens and provides.codeLensProvider and hint then M.code_lens(buf) end
  if options.inlay_hints and provides.inlayHintProvider and hint and hint.enable then
    hint.enable(true, { bufnr = buf })
  end
  if vim.bo[buf].omnifunc == "" and provides.completionProvider then vim.bo[buf].omnifunc = "v:lua.vim.lsp.omnifunc" end
  if options.on_attach then options.on_attach(client, buf) end
end

--- Turns virtual text on for our findings alone: other servers keep what the user has set.
function M.virtual_text(client, value)
  local get = vim.lsp.diagnostic.get_namespace
  vim.diagnostic.config({ virtual_text = value }, get(client.id))
  -- Pulled findings have a name space of their own.
  if (client.server_capabilities or {}).diagnosticProvider then
    vim.diagnostic.config({ virtual_text = value }, get(client.id, true))
  end
end

--- Shows lenses and keeps them fresh: findings are published after every check, so they say when to ask again.
function M.code_lens(buf)
  local lens = vim.lsp.codelens
  if lens.enable then return lens.enable(true, { bufnr = buf }) end
  local function refresh()
    if not vim.api.nvim_buf_is_loaded(buf) or vim.fn.mode():find("^[iR]") then return end
    vim.api.nvim_buf_call(buf, function() lens.refresh({ bufnr = buf }) end)
  end
  local group = vim.api.nvim_create_augroup("gouji_lens_" .. buf, {})
  vim.api.nvim_create_autocmd({ "DiagnosticChanged", "InsertLeave" }, {
    group = group,
    buffer = buf,
    callback = function() vim.schedule(refresh) end,
  })
  refresh()
end

return M
