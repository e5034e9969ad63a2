// Short messages, each gone after a while.
import { box, make } from './commands.js'
import { send } from './socket.js'

export function toast(text, kind, ...rest) {
  const command = rest.pop()
  const { time = 6000, place = '', action, close } = rest[0] ?? {}
  const list = box('pw-toasts' + place)
  const role = kind === 'danger' ? 'alert' : 'status'
  const element = make('div', { className: 'pw-toast pw-toast-' + kind, role })
  element.append(make('div', { className: 'flex-grow-1', textContent: text }))
  const end = chosen => {
    if (!element.isConnected) return
    element.remove()
    if (action) send(0, 'answer', { command, value: chosen })
  }
  const button = (className, chosen, more) => element.append(make('button', { className, onclick: () => end(chosen), ...more }))
  if (action) button('btn btn-sm btn-primary', true, { textContent: action })
  if (close) button('btn-close', false, { ariaLabel: 'Close' })
  list.append(element)
  list.hidePopover()
  list.showPopover()
  if (time) setTimeout(end, time, false)
}
