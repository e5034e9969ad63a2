// What the user does. One listener for each kind of event on the document; elements say in data-on what they want to hear.
import { composition, edits, nodes, number, value } from './patch.js'
import { inert, send } from './socket.js'

const OWN = new Set(['value', 'commit', 'enter'])
const heard = new Set()

/** Begins to listen to what an element wants to hear. */
export function listen(wanted) {
  for (const part of wanted.split(' ')) {
    const type = part.split(':')[0]
    if (!OWN.has(type) && type[0] !== '.' && !heard.has(type)) {
      heard.add(type)
      document.addEventListener(type, deliver, true)
    }
  }
}

/** What it wants to hear of an event: a list of fields; or undefined. */
export function wants(element, type) {
  for (const part of element.dataset?.on?.split(' ') ?? []) {
    const [name, fields] = part.split(':')
    if (name === type) return fields ? fields.split(',') : []
  }
}

function deliver(event) {
  for (let element = event.target; element?.dataset; element = event.bubbles ? element.parentElement : null) {
    const fields = wants(element, event.type)
    if (!fields || !nodes.has(number(element))) continue
    if (event.type === 'close' && 'closing' in element.dataset) {
      delete element.dataset.closing // by the server
    } else if (!inert()) {
      send(number(element), event.type, Object.fromEntries(fields.map(field => [field, pick(event, field)])))
    }
  }
}

function pick(event, path) {
  const found = path.split('.').reduce((object, name) => object?.[name], event)
  return ['string', 'number', 'boolean'].includes(typeof found) ? found : null
}

/** The user has changed a field. */
export function edited(field) {
  const edit = (edits.get(field) ?? 0) + 1
  edits.set(field, edit)
  send(number(field), 'value', { value: field.type === 'checkbox' ? field.checked : field.value, edit })
}

const on = (type, wanted, handle) => document.addEventListener(type, event => {
  if (event.target.dataset && wants(event.target, wanted)) handle(event.target, event)
}, true)

on('compositionstart', 'value', field => { composition.field = field })
on('compositionend', 'value', field => {
  const missed = composition.missed
  composition.field = composition.missed = null
  edited(field)
  if (missed) value(field, ...missed)
})
on('input', 'value', field => { if (composition.field !== field) edited(field) })
on('change', 'commit', field => send(number(field), 'commit'))
on('keydown', 'enter', (field, event) => {
  if (event.key === 'Enter' && !event.isComposing) send(number(field), 'enter')
})
