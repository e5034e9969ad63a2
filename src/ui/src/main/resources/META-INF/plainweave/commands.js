// What the server has the browser do once; and the state of the connection.
import { whenCustom } from './patch.js'
import { TAB } from './socket.js'

const ATTEMPTS = 5
const base = document.body.dataset.base

const commands = {
  navigate: url => location.assign(url.startsWith('/') && !url.startsWith('//') ? base + url : url),
  tab: name => { sessionStorage[TAB] = name }
}

for (const rare of ['toast', 'js', 'call', 'download', 'focus', 'scroll']) {
  commands[rare] = (...args) => whenCustom(code => code[rare](...args))
}

/** Runs a command, if there is such a one. */
export function run(number, name, args) {
  if (!Object.hasOwn(commands, name)) return false
  try {
    commands[name](...args, number)
  } catch (error) {
    console.error(error) // its own failure: those that follow run
  }
  return true
}

export const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

/** A popover, since those are above dialogs too. */
export const box = className => document.querySelector('.' + className)
  ?? document.body.appendChild(make('div', { className, popover: 'manual' }))

/**
 * Imports what is there, or beside this. What fails while the page is cut off is asked for again; otherwise so many failures
 * are one, except for what is beside this while the page lives: that is there.
 */
export const load = (url, attempt = 1, failed = 0) => import(attempt > 1 ? `${url}?${attempt}` : url).catch(async error => {
  const { state } = document.body.dataset
  failed += state !== 'offline'
  if (error instanceof SyntaxError || (failed >= ATTEMPTS && (url[0] !== '.' || state === 'ended'))) throw error
  await new Promise(resolve => setTimeout(resolve, Math.min(5000, 250 * attempt)))
  return load(url, attempt + 1, failed)
})

const WORDS = {
  offline: 'Reconnecting…',
  full: 'Waiting for the server…',
  ended: 'This page has ended.',
  login: 'You are logged out.'
}

/** Shows the state of the connection: above dialogs, and where it is over, instead of them. */
export function status(state, reason) {
  document.body.dataset.state = state
  const textContent = WORDS[reason] ?? WORDS[state] ?? ''
  const bar = Object.assign(box('pw-status'), { role: 'status', lang: 'en', textContent })
  bar.hidePopover()
  if (textContent) bar.showPopover()
  if (state !== 'ended') return
  const cure = { textContent: reason === 'login' ? 'Log in' : 'Reload', onclick: () => location.reload() }
  if (reason !== 'closed') bar.append(make('button', { className: 'btn btn-sm btn-primary', ...cure }))
  for (const dialog of document.querySelectorAll('dialog:modal')) { // nobody could press that button
    dialog.close()
    dialog.show()
  }
}
