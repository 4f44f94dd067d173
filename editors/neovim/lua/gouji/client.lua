--- The language client: one way to start it and to ask it things, whatever this Neovim has.
local M = {}

local config = require("gouji.config")
local detect = require("gouji.detect")
local program = require("gouji.program")
local say = require("gouji.say")

--- Milliseconds that a server may take to start or to stop.
M.patience = 10000

--- How this Neovim starts servers.
---@return "vim.lsp.enable"|"vim.lsp.start"|"vim.lsp.start_client"
function M.way()
  if vim.lsp.config and vim.lsp.enable then return "vim.lsp.enable" end
  return vim.lsp.start and "vim.lsp.start" or "vim.lsp.start_client"
end

--- Whether a client's functions are methods: client:request(…), where they were client.request(…). They became so together with vim.lsp.config.
local has_methods = vim.lsp.config ~= nil

--- The configuration of the client, but for the folder.
---@return table|nil
function M.config()
  local command, missing = program.command()
  if not command then
    say.error(missing .. "；:checkhealth gouji 有详情")
    return nil
  end
  local options = config.options
  local ours = { experimental = { gouji = { showsPages = true, revealsRanges = true } } }
  local base = vim.lsp.protocol.make_client_capabilities()
  -- Where configurations are merged, Neovim adds its own last; a copy of them here would hide what other plugins have set for all servers.
  if M.way() == "vim.lsp.enable" then base = {} end
  return {
    name = "gouji",
    cmd = command,
    capabilities = vim.tbl_deep_extend("force", base, ours, options.capabilities or {}),
    settings = { gouji = next(options.settings) and options.settings or vim.empty_dict() },
    init_options = next(options.settings) and options.settings or vim.empty_dict(),
    commands = require("gouji.on_server").commands,
    on_attach = function(client, buf) require("gouji.show").on_attach(client, buf) end,
  }
end

--- The clients of our server, of one buffer or of all.
---@param buf? integer
---@return table[]
function M.all(buf)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  return vim.tbl_filter(
    function(client) return client.name == "gouji" and (not buf or vim.lsp.buf_is_attached(buf, client.id)) end,
    get()
  )
end

--- The buffers that a client serves.
---@return integer[]
function M.buffers(client)
  return vim.tbl_filter(
    function(buf) return vim.api.nvim_buf_is_loaded(buf) and vim.lsp.buf_is_attached(buf, client.id) end,
    vim.api.nvim_list_bufs()
  )
end

-- Clients by folder, where Neovim does not keep them so.
local by_root = {}

--- Attaches the buffer to the server of its folder, which is started if need be.
---@param buf integer
function M.attach(buf)
  local started = M.config()
  if not started then return end
  started.root_dir = detect.root(buf)
  if vim.lsp.start then
    -- What the user has given to vim.lsp.config himself counts too.
    if M.way() == "vim.lsp.enable" then
      started = vim.tbl_extend("force", vim.lsp.config.gouji or {}, {
        cmd = started.cmd,
        root_dir = started.root_dir,
      })
    end
    vim.lsp.start(started, { bufnr = buf })
    return
  end
  local id = by_root[started.root_dir]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = M.start_old(started)
    by_root[started.root_dir] = id
  end
  if id then vim.lsp.buf_attach_client(buf, id) end
end

--- Starts a client by itself.
function M.start_old(started)
  started.workspace_folders = { { uri = vim.uri_from_fname(started.root_dir), name = started.root_dir } }
  return vim.lsp.start_client(started)
end

--- Calls `done` with a client that is ready: the buffer's, else any, else one that is started for the working folder.
---@param buf? integer
---@param done fun(client: table)
function M.with(buf, done)
  local client = (buf and M.all(buf)[1]) or M.all()[1]
  local id = client and client.id or M.start_alone()
  if not id then return end
  local function ready()
    local it = vim.lsp.get_client_by_id(id)
    return it and it.initialized and it
  end
  M.wait(ready, function(it)
    if it then
      done(it)
    else
      say.error("语言服务器没有启动；:checkhealth gouji 有详情")
    end
  end)
end

--- Starts a client for the working folder that serves no buffer yet.
---@return integer|nil
function M.start_alone()
  local started = M.config()
  if not started then return nil end
  started.root_dir = vim.fn.getcwd()
  if M.way() == "vim.lsp.enable" then return vim.lsp.start(started, { attach = false }) end
  return M.start_old(started)
end

--- Calls `done` with the value of `get` as soon as there is one, or with nil when patience ends. Does not block.
---@param get fun(): any
---@param done fun(value: any)
function M.wait(get, done)
  local left = M.patience
  local function look()
    local value = get()
    if value or left <= 0 then return done(value or nil) end
    left = left - 20
    vim.defer_fn(look, 20)
  end
  look()
end

--- Sends a request; an error is said to the user.
---@param client table
---@param method string
---@param params table
---@param buf integer the buffer that it is about
---@param done fun(result: any)
function M.request(client, method, params, buf, done)
  local function handler(err, result)
    if err then return say.error(err.message or vim.inspect(err)) end
    done(result ~= vim.NIL and result or nil)
  end
  if has_methods then return client:request(method, params, handler, buf) end
  return client.request(method, params, handler, buf)
end

--- Has the server run a command; an error is said to the user.
---@param client table
---@param command string
---@param arguments any[]
---@param buf integer the buffer that it is about
---@param done fun(result: any)
function M.execute(client, command, arguments, buf, done)
  local params = { command = command, arguments = arguments }
  M.request(client, "workspace/executeCommand", params, buf, done)
end

--- Sends a notification.
function M.notify(client, method, params)
  if has_methods then return client:notify(method, params) end
  return client.notify(method, params)
end

--- Stops all clients and calls `done` with the buffers that they served.
---@param done fun(buffers: integer[])
function M.stop(done)
  local clients, buffers = M.all(), {}
  for _, client in ipairs(clients) do
    vim.list_extend(buffers, M.buffers(client))
    if has_methods then
      client:stop()
    else
      client.stop()
    end
  end
  M.wait(function() return #M.all() == 0 end, function(stopped)
    if not stopped then return say.error("语言服务器没有停下来") end
    done(buffers)
  end)
end

return M
