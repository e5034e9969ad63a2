// Takes over the document that the server has rendered. PROTOCOL.md says how it is kept as the server has it.
import { connect, disconnect, leave } from './socket.js'
import { takeOver } from './patch.js'
import { content, edited } from './events.js'

takeOver(document.querySelector('main'))

const rendered = field => field.type === 'checkbox' ? field.defaultChecked
  : field.defaultValue ?? [...field.querySelectorAll('[selected], [checked]')].map(one => one.value)

for (const field of document.querySelectorAll('main [data-on~=value]')) {
  if (String(content(field)) !== String(rendered(field))) edited(field) // put back by the browser, or typed before this ran
}

if (document.prerendering) document.addEventListener('prerenderingchange', connect)
else connect()

addEventListener('pagehide', event => event.persisted ? disconnect() : leave())
addEventListener('pageshow', event => event.persisted && connect())
