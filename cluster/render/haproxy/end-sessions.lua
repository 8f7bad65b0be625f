-- Ends the sessions of an API server that is out, so that its clients are told and do not wait for their own timeouts.
--
-- `on-marked-down shutdown-sessions` does that at once, and so ends those as well that are still connecting to that
-- server, which HAProxy would send to another one as soon as `timeout connect` is over. This waits until it is.

local BACKEND = "api-servers"
-- Milliseconds.
local TICK = 250
local PATIENCE = 1500

core.register_task(function()
  local out = {}
  while true do
    core.msleep(TICK)
    for name, server in pairs(core.backends[BACKEND].servers) do
      if server:get_stats()["status"]:find("^DOWN") then
        out[name] = (out[name] or 0) + TICK
        if out[name] == PATIENCE then server:shut_sess() end
      else
        out[name] = nil
      end
    end
  end
end)
