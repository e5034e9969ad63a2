// Takes over the document that the server has rendered, and keeps it as the server has it. PROTOCOL.md says how.
import { connect, disconnect, leave, position } from './socket.js'
import { takeOver } from './patch.js'
import { edited, listen } from './events.js'
import { status } from './commands.js'

takeOver(document.querySelector('main'), listen)
position.frame = Number(document.body.dataset.frame)
status('connecting')

// What was typed before this ran, or was put back by the browser.
for (const field of document.querySelectorAll('[data-on~=value]')) {
  const fresh = field.type === 'checkbox' ? field.checked === field.defaultChecked
    : field.tagName === 'SELECT' ? [...field.options].every(o => o.selected === o.defaultSelected || !field.value)
    : field.value === field.defaultValue
  if (!fresh) edited(field)
}

if (document.prerendering) {
  document.addEventListener('prerenderingchange', connect, { once: true })
} else {
  connect()
}
addEventListener('pagehide', event => { event.persisted ? disconnect() : leave() })
addEventListener('pageshow', event => { if (event.persisted) connect() })
