// The reasons for which a session ends, and how they are shown.

/** Each with what it means to a reader, and the colour of its kind. */
export const REASONS = {
  PEER_CLOSED: ["said goodbye", "good"],
  EOF: ["hung up without a goodbye", "lost"],
  RESET: ["connection was reset", "lost"],
  PING_TIMEOUT: ["stopped answering pings", "slow"],
  IDLE_TIMEOUT: ["was silent for too long", "slow"],
  READ_TIMEOUT: ["stalled in the middle of a message", "slow"],
  WRITE_TIMEOUT: ["stopped reading", "slow"],
  SLOW_CONSUMER: ["could not keep up", "slow"],
  PROTOCOL_ERROR: ["broke the protocol", "bad"],
  TOO_LARGE: ["sent too much at once", "bad"],
  SERVER_CLOSED: ["was closed by the server", "ours"],
  HANDLER_FAILED: ["its handler failed", "bad"],
  SHUTDOWN: ["the server went down", "ours"],
};

export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

export function kind(reason) {
  return `of-${REASONS[reason]?.[1] ?? "ours"}`;
}

export function chip(text, reason) {
  return make("span", `chip ${kind(reason)}`, text);
}

export function duration(millis) {
  if (millis < 1000) return `${millis} ms`;
  if (millis < 10_000) return `${(millis / 1000).toFixed(1)} s`;
  if (millis < 60_000) return `${Math.round(millis / 1000)} s`;
  return millis < 3_600_000 ? `${Math.round(millis / 60_000)} min` : `${(millis / 3_600_000).toFixed(1)} h`;
}

export function number(count) {
  return count.toLocaleString("en");
}

/** Brings a list of ended sessions up to date: what is there stays, what is new comes on top. */
export function showEnds(list, ends, most = 60) {
  const newest = Number(list.firstElementChild?.dataset.number ?? 0);
  // A server that was started anew counts from 1 again.
  if (ends.length > 0 && ends[0].number < newest) list.replaceChildren();
  const known = Number(list.firstElementChild?.dataset.number ?? 0);
  list.prepend(...ends.filter((end) => end.number > known).map(line));
  while (list.children.length > most) list.lastElementChild.remove();
}

function line(end) {
  const time = make("time", "", new Date(end.at).toLocaleTimeString("en-GB"));
  time.dateTime = new Date(end.at).toISOString();
  const how = `${REASONS[end.reason]?.[0] ?? end.reason}, met by ${end.operation}`;
  time.append(make("span", "after", `after ${duration(end.lastedMillis)}`));
  const item = make(
    "li",
    "",
    time,
    make("span", "", make("span", "route", end.route), make("span", "how", how)),
    chip(`${end.reason} ${end.code}`, end.reason),
  );
  item.dataset.number = end.number;
  return item;
}

const SVG = "http://www.w3.org/2000/svg";

/** Names, bars and numbers, the bars to one scale. */
export function showBars(list, rows) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  while (list.children.length > rows.length || list.firstElementChild?.className === "none") list.lastElementChild.remove();
  while (list.children.length < rows.length) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 100 10");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    for (const className of ["rail", ""]) {
      const rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("class", className);
      rect.setAttribute("width", "100");
      rect.setAttribute("height", "10");
      svg.append(rect);
    }
    list.append(make("li", "", make("span", "name"), svg, make("span", "number")));
  }
  rows.forEach((row, index) => {
    const item = list.children[index];
    item.className = row.value === 0 ? "zero" : row.className;
    item.querySelector(".name").textContent = row.name;
    item.querySelector(".number").textContent = number(row.value);
    item.querySelector("rect:last-child").setAttribute("width", row.value === 0 ? 0 : Math.max(1, (100 * row.value) / most));
  });
}
