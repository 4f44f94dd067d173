--- Windows for texts that come from the server.
local M = {}

--- Shows lines that are read and not edited; `q` closes them. A page of the same name is replaced.
---@param name string
---@param lines string[]
---@param filetype string
---@return integer buf
function M.show(name, lines, filetype)
  local full = "gouji://" .. name
  local buf
  for _, it in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_get_name(it) == full then buf = it end
  end
  if not buf then
    buf = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buf, full)
    vim.bo[buf].bufhidden = "wipe"
  end
  M.fill(buf, lines)
  local window = vim.fn.bufwinid(buf)
  if window == -1 then
    vim.cmd("botright split")
    window = vim.api.nvim_get_current_win()
    vim.api.nvim_win_set_buf(window, buf)
  else
    vim.api.nvim_set_current_win(window)
  end
  if vim.bo[buf].filetype ~= filetype then vim.bo[buf].filetype = filetype end
  vim.keymap.set("n", "q", "<Cmd>close<CR>", { buffer = buf, nowait = true, desc = "关闭" })
  return buf
end

--- Replaces the lines of a page.
function M.fill(buf, lines)
  vim.bo[buf].modifiable = true
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable = false
  vim.bo[buf].modified = false
end

--- Opens a new document with this text, which its user writes where he likes.
---@param text string
---@param filetype string
---@param name? string
---@return integer buf
function M.draft(text, filetype, name)
  vim.cmd("new")
  local buf = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, M.lines(text))
  if name then vim.api.nvim_buf_set_name(buf, name) end
  vim.bo[buf].filetype = filetype
  return buf
end

--- The lines of a text, whose last one may be ended.
---@param text string
---@return string[]
function M.lines(text)
  local lines = vim.split(text, "\n", { plain = true })
  if lines[#lines] == "" then lines[#lines] = nil end
  return lines
end

return M
