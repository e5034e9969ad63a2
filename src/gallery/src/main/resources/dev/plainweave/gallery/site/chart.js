// A chart of the last minute that moves from right to left, one point a second. Plain SVG.

const SVG = "http://www.w3.org/2000/svg";
const MOST_SECONDS = 60;
const LEAST_SECONDS = 20;
const LEFT = 44;
const RIGHT = 12;
const TOP = 26;
const BOTTOM = 24;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

function svg(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * `lines` are the names of what is drawn as lines, `bars` of what is drawn as bars; `least` is the lowest top of the scale,
 * so that what is flat looks flat.
 */
export class Chart {
  #root;
  #lines;
  #bars;
  #unit;
  #least;
  #points = [];
  #marks = [];
  #bands = [];
  #latest = 0;
  #first = 0;
  #seconds = LEAST_SECONDS; // grows to a minute as there is something to show

  constructor(root, { lines, bars = [], unit = "", least = 5 }) {
    this.#root = root;
    this.#lines = lines;
    this.#bars = bars;
    this.#unit = unit;
    this.#least = least;
    new ResizeObserver(() => this.draw()).observe(root);
  }

  /** A second's values, by name; `at` in milliseconds. */
  add(at, values) {
    this.#latest = at;
    this.#first ||= at;
    this.#seconds = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.ceil((at - this.#first) / 1000)));
    this.#points.push({ at, values });
    const from = at - (MOST_SECONDS + 2) * 1000;
    this.#points = this.#points.filter((point) => point.at > from);
    this.#marks = this.#marks.filter((mark) => mark.at > from);
    this.#bands = this.#bands.filter((band) => band.to === null || band.to > from);
    this.draw();
  }

  /** Something that happened. */
  mark(at, text) {
    this.#marks.push({ at, text });
    this.draw();
  }

  /** Something that begins; the function that is returned ends it. */
  band(at) {
    const band = { from: at, to: null };
    this.#bands.push(band);
    this.draw();
    return (end) => {
      band.to = end;
    };
  }

  draw() {
    const width = this.#root.clientWidth;
    const height = this.#root.clientHeight;
    if (width === 0) return;
    this.#root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const all = this.#points.flatMap((point) => Object.values(point.values));
    const highest = Math.max(this.#least, ...all) * 1.05;
    const top = STEPS.find((step) => step >= highest) ?? highest;
    const x = (at) => width - RIGHT - ((this.#latest - at) / 1000 / this.#seconds) * (width - LEFT - RIGHT);
    const y = (value) => height - BOTTOM - (value / top) * (height - TOP - BOTTOM);
    const parts = [...this.#drawGrid(width, height, top, y), ...this.#drawBands(x, height), ...this.#drawBars(x, y, width)];
    if (this.#points.length < 2) {
      const waiting = { x: (width + LEFT) / 2, y: height / 2, "text-anchor": "middle", class: "waiting" };
      parts.push(svg("text", waiting, "Measuring \u2026"));
    }
    for (const name of this.#lines) parts.push(...this.#drawLine(name, x, y));
    parts.push(...this.#drawMarks(x, height));
    this.#root.replaceChildren(...parts);
  }

  *#drawGrid(width, height, top, y) {
    const count = 4;
    for (let step = 0; step <= count; step++) {
      const value = (top * step) / count;
      yield svg("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) });
      if (step % 2 === 0) {
        const text = value >= 1000 ? `${value / 1000}k` : `${value}`;
        yield svg("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, text);
      }
    }
    if (this.#unit) yield svg("text", { x: LEFT - 8, y: 14, "text-anchor": "end" }, this.#unit);
    const apart = (80 * this.#seconds) / (width - LEFT - RIGHT); // seconds that a label is wide
    const step = [5, 10, 15, 20, 30].find((seconds) => seconds > apart) ?? 30;
    for (let ago = 0; ago <= this.#seconds; ago += step) {
      const at = width - RIGHT - (ago / this.#seconds) * (width - LEFT - RIGHT);
      const anchor = at - LEFT < 20 ? "start" : ago === 0 ? "end" : "middle";
      yield svg("text", { x: at, y: height - 6, "text-anchor": anchor }, ago === 0 ? "now" : `${ago} s ago`);
    }
  }

  #visible() {
    const from = this.#latest - this.#seconds * 1000 - 50;
    return this.#points.filter((point) => point.at >= from);
  }

  *#drawLine(name, x, y) {
    const points = this.#visible();
    if (points.length < 2) return;
    const path = points.map((point) => `${x(point.at).toFixed(1)} ${y(point.values[name]).toFixed(1)}`).join("L");
    const ends = `L${x(points.at(-1).at).toFixed(1)} ${y(0)}L${x(points[0].at).toFixed(1)} ${y(0)}Z`;
    if (name !== "p50") yield svg("path", { class: `area ${name}`, d: `M${path}${ends}` });
    yield svg("path", { class: `line ${name}`, d: `M${path}` });
  }

  *#drawBars(x, y, width) {
    const wide = Math.max(2, ((width - LEFT - RIGHT) / this.#seconds) * 0.5);
    for (const name of this.#bars) {
      for (const point of this.#visible()) {
        const value = point.values[name];
        if (value === 0) continue;
        const left = Math.max(LEFT, x(point.at) - wide);
        yield svg("rect", { class: name, x: left, width: wide, y: y(value), height: y(0) - y(value) });
      }
    }
  }

  *#drawBands(x, height) {
    for (const band of this.#bands) {
      const left = Math.max(LEFT, x(band.from));
      const right = Math.max(left, Math.min(x(band.to ?? this.#latest), x(this.#latest)));
      yield svg("rect", { class: "band", x: left, width: right - left, y: TOP, height: height - TOP - BOTTOM });
    }
  }

  /** The texts of marks that are close to each other are put one below the other. */
  *#drawMarks(x, height) {
    let row = 0;
    let last = -Infinity;
    for (const mark of this.#marks) {
      const at = Math.min(x(mark.at), x(this.#latest));
      if (at < LEFT) continue;
      row = at - last < 110 ? (row + 1) % 4 : 0;
      last = at;
      yield svg("line", { class: "mark", x1: at, x2: at, y1: TOP - 6, y2: height - BOTTOM });
      const anchor = at > this.#root.clientWidth - 120 ? "end" : "start";
      yield svg("text", { class: "mark-text", x: at + (anchor === "end" ? -6 : 6), y: TOP + 6 + row * 16, "text-anchor": anchor }, mark.text);
    }
  }
}
