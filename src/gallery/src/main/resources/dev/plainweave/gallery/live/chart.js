// A chart of the last minute that moves from right to left, a point a second. Plain SVG, drawn from what the server has.

const SVG = 'http://www.w3.org/2000/svg'
const MOST_SECONDS = 60
const LEAST_SECONDS = 20
const LEFT = 44
const RIGHT = 12
const TOP = 26
const BOTTOM = 24
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]

function svg(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  if (text !== undefined) element.textContent = text
  return element
}

export function mount(element, properties) {
  const root = svg('svg', { role: 'img', 'aria-label': properties.description })
  element.append(root)
  let now = properties
  const draw = () => paint(root, now)
  const observer = new ResizeObserver(draw)
  observer.observe(element)
  draw()
  return {
    update: latest => { now = latest; draw() },
    unmount: () => observer.disconnect()
  }
}

function paint(root, { points = [], marks = [], bands = [], unit, least }) {
  const width = root.clientWidth
  const height = root.clientHeight
  if (width === 0) return
  root.setAttribute('viewBox', `0 0 ${width} ${height}`)
  const latest = points.at(-1)?.at ?? 0
  const seconds = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.ceil((latest - (points[0]?.at ?? 0)) / 1000)))
  const visible = points.filter(point => point.at >= latest - seconds * 1000 - 50)
  const highest = Math.max(least, ...visible.flatMap(point => [...point.lines, point.bar])) * 1.05
  const top = STEPS.find(step => step >= highest) ?? highest
  const x = at => width - RIGHT - ((latest - at) / 1000 / seconds) * (width - LEFT - RIGHT)
  const y = value => height - BOTTOM - (value / top) * (height - TOP - BOTTOM)
  const size = { width, height, x, y, latest, seconds, top, unit }
  const parts = [...grid(size), ...band(bands, size), ...bars(visible, size)]
  if (visible.length < 2) {
    parts.push(svg('text', { x: (width + LEFT) / 2, y: height / 2, 'text-anchor': 'middle', class: 'waiting' }, 'Measuring …'))
  } else {
    for (let line = visible[0].lines.length - 1; line >= 0; line--) parts.push(...path(visible, line, size))
  }
  root.replaceChildren(...parts, ...words(marks, size))
}

function* grid({ width, height, y, seconds, top, unit }) {
  const count = 4
  for (let step = 0; step <= count; step++) {
    const value = (top * step) / count
    yield svg('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) })
    if (step % 2 === 0) {
      yield svg('text', { x: LEFT - 8, y: y(value) + 4, 'text-anchor': 'end' }, value >= 1000 ? `${value / 1000}k` : `${value}`)
    }
  }
  if (unit) yield svg('text', { x: LEFT - 8, y: 14, 'text-anchor': 'end' }, unit)
  const apart = (80 * seconds) / (width - LEFT - RIGHT) // seconds that a label is wide
  const step = [5, 10, 15, 20, 30].find(some => some > apart) ?? 30
  for (let ago = 0; ago <= seconds; ago += step) {
    const at = width - RIGHT - (ago / seconds) * (width - LEFT - RIGHT)
    const anchor = at - LEFT < 20 ? 'start' : ago === 0 ? 'end' : 'middle'
    yield svg('text', { x: at, y: height - 6, 'text-anchor': anchor }, ago === 0 ? 'now' : `${ago} s ago`)
  }
}

function* path(points, line, { x, y }) {
  const drawn = points.map(point => `${x(point.at).toFixed(1)} ${y(point.lines[line]).toFixed(1)}`).join('L')
  const ends = `L${x(points.at(-1).at).toFixed(1)} ${y(0)}L${x(points[0].at).toFixed(1)} ${y(0)}Z`
  if (line === points[0].lines.length - 1) yield svg('path', { class: `area line-${line}`, d: `M${drawn}${ends}` })
  yield svg('path', { class: `line line-${line}`, d: `M${drawn}` })
}

function* bars(points, { width, x, y, seconds }) {
  const wide = Math.max(2, ((width - LEFT - RIGHT) / seconds) * 0.5)
  for (const { at, bar } of points) {
    if (bar > 0) yield svg('rect', { class: 'bar', x: Math.max(LEFT, x(at) - wide), width: wide, y: y(bar), height: y(0) - y(bar) })
  }
}

function* band(bands, { height, x, latest }) {
  for (const { from, to } of bands) {
    const left = Math.max(LEFT, x(from))
    const right = Math.max(left, Math.min(x(to || latest), x(latest)))
    yield svg('rect', { class: 'band', x: left, width: right - left, y: TOP, height: height - TOP - BOTTOM })
  }
}

/** The texts of marks that are close to each other are put one below the other. */
function* words(marks, { width, height, x, latest }) {
  let row = 0
  let last = -Infinity
  for (const { at: when, text } of marks) {
    const at = Math.min(x(when), x(latest))
    if (at < LEFT) continue
    row = at - last < 110 ? (row + 1) % 4 : 0
    last = at
    yield svg('line', { class: 'mark', x1: at, x2: at, y1: TOP - 6, y2: height - BOTTOM })
    const anchor = at > width - 120 ? 'end' : 'start'
    yield svg('text', { class: 'mark-text', x: at + (anchor === 'end' ? -6 : 6), y: TOP + 6 + row * 16, 'text-anchor': anchor }, text)
  }
}
