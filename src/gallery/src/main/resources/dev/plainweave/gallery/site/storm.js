// The storm page: orders go to the server, which opens the clients; what comes back is what everybody sees.

import { live } from "/live.js";
import { chart, millis, second } from "/neighbours.js";
import { chip, number, showEnds } from "/reasons.js";

const $ = (id) => document.getElementById(id);
const buttons = [...document.querySelectorAll("[data-fault]")];
let atOnce = 50;
let longest = 0;
let allowed = false;

const order = live(
  "/live/storm",
  (event) => {
    switch (event.type) {
      case "rules":
        allowed = event.allowed;
        atOnce = event.atOnce;
        $("closed").hidden = event.allowed;
        $("closed").textContent = event.why;
        enable(event.allowed);
        break;
      case "second":
        second(event);
        longest = Math.max(longest, event.longest);
        if (longest > 0) millis("longest", longest);
        $("echoes").textContent = number(event.allEchoes);
        $("clients").textContent = event.clients === 0 ? `none at work, ${atOnce} at most` : `${event.clients} of ${atOnce} at work`;
        break;
      case "unleashed":
        chart.mark(event.at, `${event.clients} \u00d7 ${event.fault}`);
        refuse("");
        break;
      case "refused":
        refuse(event.why);
        break;
    }
  },
  { lost: () => enable(false) },
);

function enable(yes) {
  for (const button of buttons) button.disabled = !yes;
}

function refuse(why) {
  $("refused").textContent = why;
  $("refused").hidden = why === "";
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    const clients = Number(document.querySelector("[name=many]:checked").value);
    if (!allowed || !order({ fault: button.dataset.fault, clients })) refuse("There is no connection to the server now.");
  });
}

// Which sessions ended, and why, is the board's to tell.
live(
  "/live/board",
  (message) => {
    if (message.type !== "ends") return;
    const victims = message.latest.filter((end) => end.route.startsWith("/victim/"));
    $("no-ends").hidden = victims.length > 0;
    showEnds($("ends"), victims);
    const tally = new Map();
    for (const line of $("ends").querySelectorAll(".chip")) {
      const reason = line.textContent.split(" ")[0];
      tally.set(reason, (tally.get(reason) ?? 0) + 1);
    }
    $("tally").replaceChildren(...[...tally].flatMap(([reason, count]) => [chip(`${count} \u00d7 ${reason}`, reason), " "]));
  },
  { silent: true },
);

if (document.documentElement.dataset.policy === "selector") $("reset-ends").textContent = "EOF (RESET on blocking IO)";
