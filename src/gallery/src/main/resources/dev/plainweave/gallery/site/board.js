// The live board.

import { live } from "/live.js";
import { Chart } from "/chart.js";
import { REASONS, kind, number, showBars, showEnds } from "/reasons.js";

const $ = (id) => document.getElementById(id);
const chart = new Chart($("chart"), { lines: ["sessions"], bars: ["ended"], least: 10 });
let second = 0;
let endedBefore = null;

function figures(now) {
  $("sessions").textContent = number(now.sessions);
  $("connections").textContent = number(now.connections);
  $("opened").textContent = number(now.opened);
  $("ended").textContent = number(now.ended);
  $("delay").textContent = (now.schedulingMicros / 1000).toFixed(1);
  $("delay").append(Object.assign(document.createElement("small"), { textContent: "ms" }));
  showBars($("reasons"), Object.keys(REASONS).map((name) => ({ name, value: now.endedBy[name] ?? 0, className: kind(name) })));
  const routes = Object.entries(now.openOn).filter(([, open]) => open > 0);
  showBars($("routes"), routes.map(([name, value]) => ({ name, value, className: "of-ours" })));
  const at = Math.floor(Date.now() / 1000);
  if (at !== second) {
    second = at;
    chart.add(Date.now(), { sessions: now.sessions, ended: Math.max(0, now.ended - (endedBefore ?? now.ended)) });
    endedBefore = now.ended;
  }
}

function ends(latest) {
  $("no-ends").hidden = latest.length > 0;
  showEnds($("ends"), latest);
}

live("/live/board", (message) => (message.type === "figures" ? figures(message) : ends(message.latest)), {
  lost: () => (endedBefore = null),
});

$("command").textContent = `websocat ${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/guest`;
