// What the server has the browser do once; and the state of the connection, which is always to be seen.
import { nodes, whenCustom } from './patch.js'
import { TAB, send } from './socket.js'

const TOAST_TIME = 6000
const ATTEMPTS = 5
const base = document.body.dataset.base

const commands = {
  toast,
  navigate: url => location.assign(url.startsWith('/') && !url.startsWith('//') ? base + url : url),
  download,
  tab: name => sessionStorage.setItem(TAB, name),
  focus: id => nodes.get(id)?.focus(),
  js,
  call: (...args) => whenCustom(custom => custom.call(...args))
}

/** Runs a command; whether there is such a one. */
export function run(number, name, args) {
  if (!Object.hasOwn(commands, name)) return false
  commands[name](...args, number)
  return true
}

/** As a file, which the server names. So even an error takes nobody away from the page. */
function download(path) {
  const link = make('a', '', '', document.body)
  link.href = base + path
  link.download = ''
  link.click()
  link.remove()
}

function make(tag, className, text, parent) {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  parent.append(element)
  return element
}

/** Above dialogs too, which are above all else: as a popover. */
function toast(text, kind) {
  const element = make('div', 'pw-toast pw-toast-' + kind, text, box('pw-toasts'))
  element.setAttribute('role', kind === 'danger' ? 'alert' : 'status')
  const list = element.parentElement
  list.hidePopover?.()
  list.showPopover?.()
  setTimeout(() => {
    element.remove()
    if (!list.children.length) list.hidePopover?.()
  }, TOAST_TIME)
}

function box(className) {
  const found = document.querySelector('.' + className)
  if (found) return found
  const made = make('div', className, '', document.body)
  made.popover = 'manual'
  return made
}

/** Runs the application's own script, which is at an address of its own, and answers with what comes of it. */
async function js(token, args, command) {
  try {
    const script = await load(base + '/_plainweave/js/' + token)
    const result = await script.default(...args)
    send(0, 'answer', { command, value: JSON.parse(JSON.stringify(result ?? null)) })
  } catch (error) {
    send(0, 'answer', { command, error: String(error) })
  }
}

/** Imports what is there; asks again when the connection is bad. */
export async function load(url) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await import(url + (attempt > 1 ? '?' + attempt : ''))
    } catch (error) {
      if (error instanceof SyntaxError || attempt === ATTEMPTS) throw error
      await new Promise(resolve => setTimeout(resolve, 250 * attempt))
    }
  }
}

const WORDS = {
  connecting: '',
  live: '',
  offline: 'Reconnecting…',
  ended: 'This page has ended.'
}

/** Shows the state of the connection. */
export function status(state, reason) {
  document.body.dataset.state = state
  const bar = document.querySelector('.pw-status') ?? make('div', 'pw-status', '', document.body)
  bar.setAttribute('role', 'status')
  const login = reason === 'login'
  bar.textContent = login ? 'You are logged out.' : WORDS[state]
  if (state === 'ended' && reason !== 'closed') {
    const reload = make('button', 'btn btn-sm btn-primary', login ? 'Log in' : 'Reload', bar)
    reload.addEventListener('click', () => location.reload())
  }
}
