// A WebSocket that comes back by itself, and says in the head of the page how it stands.

const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;

const $ = (id) => document.getElementById(id);

/** Shows how the connection stands; `retry` is whether "Try now" is of any use. */
export function show(state, text, retry = false) {
  if ($("state-text").textContent !== text) $("state-text").textContent = text;
  $("state").dataset.state = state;
  $("retry").hidden = !retry;
}

/**
 * Connects to a path of this server, again and again with growing pauses when it is lost.
 * `take` gets every message, parsed; `lost` is told when the connection has gone.
 * Returns a function that sends an object, and says whether there was a connection to send it on.
 */
export function live(path, take, { lost = () => {}, silent = false } = {}) {
  let socket = null;
  let delay = FIRST_DELAY;
  let retryAt = 0;
  let timer = 0;
  const tell = silent ? () => {} : show;

  function connect() {
    clearInterval(timer);
    tell("wait", "Connecting");
    const url = new URL(path, location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const mine = new WebSocket(url);
    socket = mine;
    mine.onmessage = (message) => {
      if (mine !== socket) return;
      delay = FIRST_DELAY;
      tell("up", "Live");
      take(JSON.parse(message.data));
    };
    mine.onclose = () => {
      if (mine !== socket) return;
      socket = null;
      lost();
      retryAt = Date.now() + delay * (0.75 + Math.random() / 2);
      delay = Math.min(delay * 2, LONGEST_DELAY);
      countDown();
      timer = setInterval(countDown, 250);
    };
  }

  function countDown() {
    const left = retryAt - Date.now();
    if (left <= 0) {
      connect();
    } else if (!navigator.onLine) {
      tell("wait", "Offline", true);
    } else {
      tell("wait", left < 1000 ? "Reconnecting" : `Reconnecting in ${Math.ceil(left / 1000)} s`, true);
    }
  }

  function now() {
    if (socket !== null) return;
    delay = FIRST_DELAY;
    connect();
  }

  if (!silent) $("retry").addEventListener("click", now);
  addEventListener("online", now);
  addEventListener("pageshow", (event) => event.persisted && now());
  document.addEventListener("visibilitychange", () => !document.hidden && now());
  connect();

  return (order) => {
    const open = socket?.readyState === WebSocket.OPEN;
    if (open) socket.send(JSON.stringify(order));
    return open;
  };
}
