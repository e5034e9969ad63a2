// The sleeping handlers: each is a plain request to /slow, and sleeps on the server.

import { live } from "/live.js";
import { chart, second } from "/neighbours.js";
import { make, number } from "/reasons.js";

const $ = (id) => document.getElementById(id);
const SLEEP = 10_000;
const MOST = 4; // a browser has six connections to a server at most
let asleep = 0;
let made = 0;
let slept = 0;
let before = null;
let awake = null; // ends the band on the chart

live("/live/storm", (event) => {
  if (event.type !== "second") return;
  second(event);
  if (asleep > 0 && before !== null && event.allEchoes > before) {
    slept += event.allEchoes - before;
    $("echoes").textContent = number(slept);
  }
  before = event.allEchoes;
});

function count() {
  $("count").textContent = asleep === 0 ? "nobody" : asleep === 1 ? "one handler" : `${asleep} handlers`;
  $("start").disabled = asleep >= MOST;
  if (asleep > 0 && awake === null) awake = chart.band(Date.now());
  if (asleep === 0 && awake !== null) {
    awake(Date.now());
    awake = null;
  }
}

async function sleep() {
  asleep++;
  made++;
  const progress = Object.assign(document.createElement("progress"), { max: SLEEP, value: 0 });
  progress.setAttribute("aria-label", `Handler ${made}`);
  const left = make("span", "left", "");
  const item = make("li", "", make("span", "", make("code", "", `GET /slow?ms=${SLEEP}`), ` no. ${made}`), left, progress);
  $("sleepers").querySelector(".none")?.remove();
  $("sleepers").prepend(item);
  while ($("sleepers").children.length > 6) $("sleepers").lastElementChild.remove();
  count();
  const started = performance.now();
  const ticking = setInterval(() => {
    const passed = Math.min(SLEEP, performance.now() - started);
    progress.value = passed;
    left.textContent = `asleep, ${((SLEEP - passed) / 1000).toFixed(1)} s to go`;
  }, 100);
  try {
    const answer = await fetch(`/slow?ms=${SLEEP}`, { cache: "no-store" });
    left.textContent = answer.ok ? `awake: \u201c${(await answer.text()).trim()}\u201d` : `answered ${answer.status}`;
    progress.value = SLEEP;
    item.className = "done";
  } catch {
    left.textContent = "lost: the server went away";
  } finally {
    clearInterval(ticking);
    asleep--;
    count();
  }
}

$("start").addEventListener("click", sleep);
