// Short messages, each gone after a while.
import { box, make } from './commands.js'
import { send } from './socket.js'

export function toast(text, kind, ...rest) {
  const command = rest.pop()
  const { time = 6000, place = '', action, close } = rest[0] ?? {}
  const list = box('pw-toasts' + place)
  const element = make('div', 'pw-toast pw-toast-' + kind, '', list)
  element.role = kind === 'danger' ? 'alert' : 'status'
  make('div', 'flex-grow-1', text, element)
  const end = chosen => {
    if (!element.isConnected) return
    element.remove()
    if (action) send(0, 'answer', { command, value: chosen })
  }
  if (action) make('button', 'btn btn-sm btn-primary', action, element).onclick = () => end(true)
  if (close) {
    const button = make('button', 'btn-close', '', element)
    button.ariaLabel = 'Close'
    button.onclick = () => end(false)
  }
  list.hidePopover()
  list.showPopover()
  if (time) setTimeout(end, time, false)
}
