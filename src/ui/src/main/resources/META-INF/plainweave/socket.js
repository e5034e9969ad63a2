// The connection: greeting, resuming, events that arrive once, frames in order.
import { apply } from './patch.js'
import { run, status } from './commands.js'

/** How far this document is. */
export const position = { frame: Number(document.body.dataset.frame), command: 0 }

const { page, secret, base } = document.body.dataset
const MOST_EVENTS = 512
const MOST_BYTES = 256 * 1024
const ON_THEIR_WAY = 64
const TYPING = ['value', 'commit']
const INERT_AFTER = 3000
const PATIENCE = 5000
const REPLACED = 4001
/** Where the tab keeps its name, over reloads, once the server has given it one. */
export const TAB = 'plainweave-tab'
const RELOADED = 'plainweave-reloaded'

/** Why there will be no connection any more. */
export let over = ''

/** Events that are not acknowledged; those that were sent have a number. */
const queue = []
let sent = 0 // of them, over this connection
let lastEvent = 0
let socket = null
let greeted = false
let everLive = false
let lost = 0
let failures = 0
let attempt = 0
let broken = 0
let retry = 0
let deadline = 0
let patience = PATIENCE
let heard = 0

/** Whether all but typing is ignored, and the page shows it: nobody clicks into the void. */
export const inert = () => over || full() || (!greeted && performance.now() - lost > INERT_AFTER)

const full = () => queue.length >= MOST_EVENTS || queue.reduce((sum, event) => sum + event.size, 0) >= MOST_BYTES

/** Sends an event when it can be; whether it is taken. Edits of a field with nothing else between become one. */
export function send(id, type, data) {
  if (id && !TYPING.includes(type) && inert()) return false
  const idle = full() ? TYPING : ['value'] // then only the last is committed
  for (let at = queue.length - 1; idle.includes(type) && idle.includes(queue[at]?.type) && !queue[at].number; at--) {
    if (queue[at].id === id && (type === 'value' || queue[at].type === type)) queue.splice(at, 1)
  }
  queue.push({ id, type, data, size: 60 + JSON.stringify(data ?? '').length * 2 })
  transmit()
  return true
}

function transmit() {
  while (greeted && sent < queue.length && sent < ON_THEIR_WAY) {
    const event = queue[sent++]
    event.number ??= ++lastEvent
    const { number, id, type, data } = event
    socket.send(JSON.stringify({ event: number, frame: position.frame, id, type, data }))
    expect()
  }
  const state = full() ? 'full' : 'live'
  if (greeted && document.body.dataset.state !== state) status(state)
}

/** Who says nothing in time is not there, whatever the socket thinks; or is slow, so next time there is more of it. */
function expect() {
  deadline ||= setTimeout(() => {
    if (greeted) patience *= 2
    lose()
  }, greeted ? patience : 10000)
}

function hear() {
  heard = Date.now()
  clearTimeout(deadline)
  deadline = 0
}

export function connect() {
  clearTimeout(retry)
  if (socket || over) return
  if (!retry) lost = performance.now() // only now is it to be connected
  const mine = new WebSocket(new URL(base + '/_plainweave/socket', location.href).href.replace(/^http/, 'ws'))
  socket = mine
  attempt++
  expect()
  setTimeout(() => { if (socket === mine && !greeted) status('offline') }, INERT_AFTER)
  mine.onopen = () => mine.send(JSON.stringify({
    hello: { v: 1, page, secret, attempt, lastFrame: position.frame, lastCommand: position.command, tab: sessionStorage[TAB] }
  }))
  mine.onmessage = message => socket === mine && receive(JSON.parse(message.data))
  mine.onclose = ({ code }) => { if (socket === mine) code === REPLACED ? gone('elsewhere') : lose() }
}

/** Gives the connection up for now. */
export function disconnect() {
  clearTimeout(retry)
  retry = 0
  hear()
  if (greeted) lost = performance.now()
  const old = socket
  socket = null
  greeted = false
  old?.close()
}

function lose() {
  disconnect()
  if (over) return
  status('offline')
  const delay = failures++ && Math.min(5000, 62 * 2 ** failures)
  retry = setTimeout(connect, delay * (0.75 + Math.random() / 2))
}

export function leave() {
  if (over) return
  if (greeted) socket.send('{"bye":true}')
  else navigator.sendBeacon(base + '/_plainweave/bye', JSON.stringify({ page, secret }))
  over = 'left' // a document that goes connects no more, even if it sees its socket end
}

function receive(message) {
  hear()
  if (message.gone) return gone(message.gone.reason)
  const answer = message.resumed ?? message.snapshot
  for (; queue[0]?.number <= (answer?.lastEvent ?? message.ack); sent--) queue.shift()
  if (answer) {
    greeted = everLive = true
    failures = sent = 0
    delete sessionStorage[RELOADED]
  } else {
    patience = PATIENCE
    document.body.toggleAttribute('data-busy', Boolean(message.busy))
    if (message.n) frame(message)
  }
  transmit()
  if (greeted && sent) expect()
}

function frame({ n, base: on, state = [], commands = [] }) {
  if (on !== position.frame && on !== 0) return lose() // we are not where the server thinks
  try {
    apply(state)
    position.frame = n
    broken = 0
  } catch (error) {
    console.error(error)
    position.frame = 0 // all of it again, once
    return broken++ ? gone('broken') : lose()
  }
  for (const [number, name, ...args] of commands) {
    if (number <= position.command) continue
    position.command = number
    if (!run(number, name, args)) socket?.send(JSON.stringify({ unknown: name }))
  }
  if (greeted) socket.send(JSON.stringify({ ack: n }))
}

function gone(reason) {
  // It never lived: its cookie came too late, or the document is an old copy.
  const stale = reason === 'version' || (reason === 'unknown' && !everLive)
  disconnect()
  over = reason
  if (!stale || sessionStorage[RELOADED]) return status('ended', reason)
  sessionStorage[RELOADED] = 'yes'
  location.reload() // once
}

/** After what may have been a sleep: is the other end still there? */
function probe() {
  if (greeted) {
    socket.send('{"alive":true}')
    expect()
  } else if (!document.prerendering) {
    failures = 0
    connect()
  }
}

addEventListener('online', probe)
document.addEventListener('resume', probe)
document.addEventListener('visibilitychange', () => document.hidden || probe())
setInterval(() => { if (greeted && !document.hidden && Date.now() - heard > 25000) probe() }, 5000)
