// What the server has the browser do once; and the state of the connection.
import { whenCustom } from './patch.js'
import { TAB } from './socket.js'

const ATTEMPTS = 5
const base = document.body.dataset.base

const commands = {
  navigate: url => location.assign(url.startsWith('/') && !url.startsWith('//') ? base + url : url),
  tab: name => sessionStorage.setItem(TAB, name)
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

export function make(tag, className, text, parent) {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  parent.append(element)
  return element
}

/** A popover, since those are above dialogs too. */
export const box = className => document.querySelector('.' + className)
  ?? Object.assign(make('div', className, '', document.body), { popover: 'manual' })

/** Imports what is there; asks again when the connection is bad. */
export const load = (url, attempt = 1) => import(attempt > 1 ? `${url}?${attempt}` : url).catch(async error => {
  if (error instanceof SyntaxError || attempt === ATTEMPTS) throw error
  await new Promise(resolve => setTimeout(resolve, 250 * attempt))
  return load(url, attempt + 1)
})

const ENDS = {
  closed: ['This page has ended.'],
  login: ['You are logged out.', 'Log in']
}

/** Shows the state of the connection: above dialogs, and where it is over, instead of them. */
export function status(state, reason) {
  document.body.dataset.state = state
  const bar = box('pw-status')
  bar.role = 'status'
  bar.hidePopover()
  const [words, cure] = ENDS[reason] ?? [...ENDS.closed, 'Reload']
  bar.textContent = state === 'ended' ? words : state === 'offline' ? 'Reconnecting…' : ''
  if (bar.textContent) bar.showPopover()
  if (state !== 'ended') return
  if (cure) make('button', 'btn btn-sm btn-primary', cure, bar).onclick = () => location.reload()
  for (const dialog of document.querySelectorAll('dialog:modal')) { // nobody could press that button
    dialog.close()
    dialog.show()
  }
}
