// The connection: greeting, resuming, events that arrive exactly once, frames that are applied in order.
import { apply } from './patch.js'
import { run, status } from './commands.js'

/** How far this document is. It lives as long as the document, through any number of connections. */
export const position = { frame: 0, command: 0 }

const { page, secret, base } = document.body.dataset
const MOST_EVENTS = 512
const MOST_BYTES = 256 * 1024
const INERT_AFTER = 3000
const PATIENCE = 10000
/** Where the tab keeps its name, over reloads, once the server has given it one. */
export const TAB = 'plainweave-tab'
const RELOADED = 'plainweave-reloaded'

/** Events that the server has not said it has: first those that were sent, which have a number, then the others. */
const queue = []
let lastEvent = 0
let socket = null
let greeted = false
let everLive = false
let over = false
let lost = performance.now()
let failures = 0
let timer = 0
let broken = 0

/** Whether what the user does, other than typing, has to wait: nobody clicks into the void. */
export const inert = () => over || full() || (!greeted && performance.now() - lost > INERT_AFTER)

const full = () => queue.length >= MOST_EVENTS || queue.reduce((sum, event) => sum + event.size, 0) >= MOST_BYTES

/** Sends an event, now or when there is a connection. Of edits of one field that have to wait only the last is kept. */
export function send(id, type, data) {
  const event = { id, type, data, size: 60 + JSON.stringify(data ?? '').length * 2 }
  if (type === 'value') {
    const at = queue.findLastIndex(other => other.id === id && other.type === 'value')
    if (at >= 0 && !queue[at].number && (at === queue.length - 1 || full())) {
      queue[at] = event
      return
    }
  }
  queue.push(event)
  if (greeted) transmit(event)
}

function transmit(event) {
  event.number ??= ++lastEvent
  const { number, id, type, data } = event
  socket.send(JSON.stringify({ event: number, frame: position.frame, id, type, data }))
}

function acknowledged(number) {
  while (queue.length && queue[0].number <= number) queue.shift()
}

export function connect() {
  clearTimeout(timer)
  if (socket || over) return
  const mine = new WebSocket(new URL(base + '/_plainweave/socket', location.href).href.replace(/^http/, 'ws'))
  socket = mine
  const impatience = setTimeout(() => { if (!greeted) mine.close() }, PATIENCE)
  mine.onopen = () => mine.send(JSON.stringify({
    hello: {
      v: 1, page, secret, lastFrame: position.frame, lastCommand: position.command,
      tab: sessionStorage.getItem(TAB) ?? undefined
    }
  }))
  mine.onmessage = message => { if (socket === mine) receive(JSON.parse(message.data)) }
  mine.onclose = () => {
    clearTimeout(impatience)
    if (socket === mine) closed()
  }
}

function closed() {
  if (greeted) lost = performance.now()
  socket = null
  greeted = false
  if (over) return
  status('offline')
  const delay = failures === 0 ? 0 : Math.min(5000, 125 * 2 ** failures)
  failures++
  timer = setTimeout(connect, delay * (0.75 + Math.random() / 2))
}

/** Gives the connection up for now; the page is kept for a while. */
export function disconnect() {
  clearTimeout(timer)
  const old = socket
  socket = null
  if (greeted) lost = performance.now()
  greeted = false
  old?.close()
}

/** Says goodbye for good. */
export function leave() {
  if (over) return
  if (greeted) socket.send('{"bye":true}')
  else navigator.sendBeacon(base + '/_plainweave/bye', JSON.stringify({ page, secret }))
}

function receive(message) {
  if (message.resumed || message.snapshot) {
    greeted = true
    everLive = true
    failures = 0
    sessionStorage.removeItem(RELOADED)
    const answer = message.resumed ?? message.snapshot
    acknowledged(answer.lastEvent)
    status('live')
    queue.forEach(transmit)
  } else if (message.gone) {
    gone(message.gone.reason)
  } else {
    acknowledged(message.ack ?? 0)
    document.body.toggleAttribute('data-busy', Boolean(message.busy))
    if (message.n) frame(message)
  }
}

function frame({ n, base: on, state = [], commands = [] }) {
  if (on !== position.frame && on !== 0) { // we are not where the server thinks
    socket.close()
    return
  }
  try {
    apply(state)
    position.frame = n
    broken = 0
  } catch (error) {
    console.error(error)
    position.frame = 0 // all of it again, once
    if (broken++) gone('broken')
    socket?.close()
    return
  }
  for (const [number, name, ...args] of commands) {
    if (number <= position.command) continue
    position.command = number
    if (!run(number, name, args)) socket?.send(JSON.stringify({ unknown: name }))
  }
  if (greeted) socket.send(JSON.stringify({ ack: n }))
}

function gone(reason) {
  // A page that never lived here: its cookie came too late, or the document is an old copy. Once, a new one will do.
  if (!everLive && reason === 'unknown' && !sessionStorage.getItem(RELOADED)) {
    sessionStorage.setItem(RELOADED, '1')
    location.reload()
    return
  }
  over = true
  status('ended', reason)
  const old = socket
  socket = null
  greeted = false
  old?.close()
}

addEventListener('online', () => { failures = 0; connect() })
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return
  if (greeted) socket.send(JSON.stringify({ ack: position.frame })) // after a sleep: finds out whether it is still there
  else if (!document.prerendering) connect()
})
