// The neighbours' latency, on a chart and in figures, for every page that shows it.

import { Chart } from "/chart.js";
import { number } from "/reasons.js";

const $ = (id) => document.getElementById(id);

export const chart = new Chart($("chart"), { lines: ["p99", "p50"], unit: "ms", least: 5 });

export function millis(id, micros) {
  const ms = micros / 1000;
  $(id).textContent = ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : Math.round(ms);
  $(id).append(Object.assign(document.createElement("small"), { textContent: "ms" }));
}

/** A second's measurements. */
export function second(event) {
  if (event.echoes === 0) return;
  chart.add(event.at, { p50: event.p50 / 1000, p99: event.p99 / 1000 });
  millis("p50", event.p50);
  millis("p99", event.p99);
  $("lost").textContent = number(event.lost);
  $("lost").classList.toggle("alarm", event.lost > 0);
}
