// The chat room. The server's first message is the state of the room, every later one a change of it.

import { show } from "/live.js";
import { REASONS, chip, make } from "/reasons.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const SAME_BREATH = 180_000;
const LOBBY = "lobby";
const ROOM_NAME = /^[\p{L}\p{N}_-]{1,32}$/u;

const $ = (id) => document.getElementById(id);
const people = new Map();
let socket = null;
let welcomed = false;
let early = [];
let me = 0;
let name = localStorage.getItem("name") ?? "";
let joined = sessionStorage.getItem("joined") === "yes";
let delay = FIRST_DELAY;
let timer = 0;
let retryAt = 0;
let last = null; // the last line of the log, where it was said by somebody
let unseen = 0;

// --- the connection

function room() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || LOBBY;
  } catch {
    return location.hash.slice(1);
  }
}

function connect() {
  clearInterval(timer);
  disconnect();
  welcomed = false;
  early = [];
  if (!ROOM_NAME.test(room())) {
    end("A room's name is 1 to 32 letters, digits, - or _.");
    return;
  }
  show("wait", "Connecting");
  const url = new URL(`/chat/${encodeURIComponent(room())}`, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("name", name);
  url.hash = "";
  const mine = new WebSocket(url);
  socket = mine;
  mine.onmessage = (message) => mine === socket && take(JSON.parse(message.data));
  mine.onclose = (close) => mine === socket && lost(close);
}

function disconnect() {
  const old = socket;
  socket = null;
  old?.close(1000);
}

function tell(command) {
  const open = welcomed && socket?.readyState === WebSocket.OPEN;
  if (open) socket.send(JSON.stringify(command));
  return open;
}

function lost(close) {
  socket = null;
  welcomed = false;
  $("send").disabled = true;
  if (close.code === 4000 || close.code === 1008) {
    end(close.reason || "The server closed the connection.");
    return;
  }
  const wait = close.code === 1013 ? LONGEST_DELAY : delay * (0.75 + Math.random() / 2);
  delay = Math.min(delay * 2, LONGEST_DELAY);
  retryAt = Date.now() + wait;
  countDown();
  timer = setInterval(countDown, 250);
}

/** Not to be tried again. */
function end(text) {
  show("ended", "Closed");
  problem(text);
  $("send").disabled = true;
}

function countDown() {
  const left = retryAt - Date.now();
  if (left <= 0) {
    connect();
  } else if (!navigator.onLine) {
    show("wait", "Offline", true);
  } else {
    show("wait", left < 1000 ? "Reconnecting" : `Reconnecting in ${Math.ceil(left / 1000)} s`, true);
  }
}

function retryNow() {
  if (joined && socket === null) {
    delay = FIRST_DELAY;
    connect();
  }
}

function problem(text) {
  $("problem").textContent = text;
  $("problem").hidden = text === "";
}

// --- what the server tells

function take(event) {
  if (event.type === "welcome") {
    welcome(event);
  } else if (!welcomed) {
    early.push(event);
  } else {
    apply(event);
  }
}

function welcome(event) {
  welcomed = true;
  me = event.id;
  delay = FIRST_DELAY;
  people.clear();
  for (const person of event.people) people.set(person.id, person.name);
  $("log").replaceChildren();
  last = null;
  event.history.forEach(write);
  $("fact-server").textContent = event.server;
  $("fact-session").textContent = `no. ${event.id}`;
  $("fact-thread").textContent = event.thread.split(" ")[0] || "a virtual thread";
  show("up", "Connected");
  problem("");
  $("send").disabled = false;
  early.forEach(apply);
  early = [];
  showPeople();
  toBottom();
}

function apply(event) {
  switch (event.type) {
    case "joined":
    case "renamed":
      people.set(event.id, event.name);
      break;
    case "left":
      people.delete(event.id);
      break;
    case "problem":
      problem(event.text);
      return;
  }
  showPeople();
  const follow = atBottom();
  write(event);
  if (follow) {
    toBottom();
  } else if (event.type === "said") {
    $("newer").hidden = false;
  }
  if (document.hidden && event.type === "said") {
    unseen++;
    title();
  }
}

// --- what is seen

function badge(who) {
  const first = make("span", "badge", [...who][0].toUpperCase());
  let hue = 0;
  for (const character of who) hue = (hue * 31 + character.codePointAt(0)) % 360;
  first.style.setProperty("--hue", hue);
  first.setAttribute("aria-hidden", "true");
  return first;
}

function clock(at) {
  const time = make("time", "", new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = new Date(at).toISOString();
  return time;
}

function write(event) {
  $("empty").hidden = true;
  $("log").append(event.type === "said" ? said(event) : moved(event));
  last = event.type === "said" ? event : null;
}

function said(event) {
  const more = last !== null && last.id === event.id && last.name === event.name && event.at - last.at < SAME_BREATH;
  const line = make("li", more ? "said more" : "said");
  if (event.id === me) line.classList.add("mine");
  line.append(badge(event.name), make("div", "head", make("b", "", event.name), clock(event.at)));
  line.append(make("div", "text", event.text));
  return line;
}

function moved(event) {
  const line = make("li", `move ${event.type}`);
  switch (event.type) {
    case "joined":
      line.append(make("b", "", event.name), " came in ");
      break;
    case "renamed":
      line.append(make("b", "", event.before), " is now ", make("b", "", event.name), " ");
      break;
    case "left": {
      const end = chip(`${event.reason} ${event.code}`, event.reason);
      end.title = `The end of the session: ${event.reason}, close code ${event.code}`;
      const why = event.reason === "PEER_CLOSED" && event.code === 1001 ? "closed the page" : REASONS[event.reason]?.[0];
      line.append(make("b", "", event.name), ` left after ${duration(event.lastedMillis)}: ${why} `, end);
      break;
    }
  }
  line.append(clock(event.at));
  return line;
}

function duration(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 1) return "a moment";
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function showPeople() {
  const number = people.size;
  $("count").textContent = number === 1 ? "1 person" : `${number} people`;
  $("people").replaceChildren(
    ...[...people].map(([id, who]) => {
      const person = make("li", "", badge(who), who);
      if (id === me) person.append(make("span", "you", "(you)"));
      return person;
    }),
  );
  if (people.has(me)) {
    $("rename").textContent = people.get(me);
  }
}

function atBottom() {
  const scroll = $("scroll");
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
}

function toBottom() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  $("newer").hidden = true;
}

function title() {
  document.title = `${unseen > 0 ? `(${unseen}) ` : ""}${joined ? `#${room()} \u00b7 ` : ""}Plainweave`;
}

function showForms() {
  $("room").textContent = room();
  $("join").hidden = joined;
  $("say").hidden = !joined;
  $("keep").hidden = true;
  title();
}

// --- what the visitor does

$("join").addEventListener("submit", (event) => {
  event.preventDefault();
  const wanted = $("name").value.trim();
  if (wanted === "") return;
  localStorage.setItem("name", wanted);
  name = wanted;
  if (!joined) {
    joined = true;
    sessionStorage.setItem("joined", "yes");
    connect();
  } else {
    tell({ type: "rename", name: wanted }); // or, where there is no connection, the next one will
  }
  showForms();
  $("text").focus();
});

$("rename").addEventListener("click", () => {
  $("name").value = people.get(me) ?? name;
  $("join").hidden = false;
  $("keep").hidden = false;
  $("say").hidden = true;
  $("name").select();
});

$("keep").addEventListener("click", () => {
  showForms();
  $("text").focus();
});

$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (text === "" || !tell({ type: "say", text })) return;
  $("text").value = "";
  problem("");
  toBottom();
});

$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("say").requestSubmit();
  }
});

$("other-room").addEventListener("click", () => {
  $("rooms-name").value = "";
  $("rooms").showModal();
});
$("rooms-cancel").addEventListener("click", () => $("rooms").close());
$("rooms-form").addEventListener("submit", () => {
  const wanted = $("rooms-name").value.trim();
  location.hash = wanted === LOBBY ? "" : encodeURIComponent(wanted);
});

let following = true;
$("scroll").addEventListener("scroll", () => {
  following = atBottom();
  if (following) $("newer").hidden = true;
});
new ResizeObserver(() => following && toBottom()).observe($("scroll"));
$("newer").addEventListener("click", toBottom);
$("retry").addEventListener("click", retryNow);

addEventListener("hashchange", () => {
  showForms();
  if (joined) connect();
});
addEventListener("online", retryNow);
addEventListener("pageshow", (event) => event.persisted && retryNow());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    unseen = 0;
    title();
    retryNow();
  }
});

$("name").value = name;
showForms();
if (joined && name !== "") {
  connect();
} else {
  joined = false;
  showForms();
  $("name").select();
}
