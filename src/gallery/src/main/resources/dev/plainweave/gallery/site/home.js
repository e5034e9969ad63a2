// The strip on the home page: the board's figures, the short way.

import { live } from "/live.js";
import { chip, number } from "/reasons.js";

const $ = (id) => document.getElementById(id);
const LOST = ["EOF", "RESET", "PING_TIMEOUT", "READ_TIMEOUT", "WRITE_TIMEOUT"];
let shown = "";

live("/live/board", (message) => {
  if (message.type !== "figures") return;
  $("open").textContent = number(message.sessions);
  $("ended").textContent = number(message.ended);
  $("lost").textContent = number(LOST.reduce((sum, reason) => sum + message.endedBy[reason], 0));
  $("failed").textContent = number(message.handlerFailures);
  const reasons = Object.entries(message.endedBy).filter(([, count]) => count > 0);
  const text = JSON.stringify(reasons);
  if (reasons.length > 0 && text !== shown) {
    shown = text;
    $("reasons").replaceChildren(...reasons.map(([reason, count]) => chip(`${reason} ${number(count)}`, reason)));
  }
});
