// What the user does. One listener for each kind of event; elements say in data-on what they want to hear.
import { closing, composition, edits, nodes, number, value } from './patch.js'
import { inert, send } from './socket.js'

const uncommitted = new WeakSet()

export function listen(wanted) {
  for (const part of wanted.split(' ')) document.addEventListener(part.split(':')[0], deliver, true)
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
    if (event.type === 'close' && closing.delete(element)) continue // by the server
    if (!inert()) {
      send(number(element), event.type, Object.fromEntries(fields.map(field => [field, pick(event, field)])))
    } else if (element.matches('dialog:not([open])') && document.body.dataset.state !== 'ended') {
      element.showModal() // nobody was told
    }
  }
}

function pick(event, path) {
  const found = path.split('.').reduce((object, name) => object?.[name], event)
  return ['string', 'number', 'boolean'].includes(typeof found) ? found : null
}

export const content = field => field.type === 'checkbox' ? field.checked : field.value

/** The user has changed a field. */
export function edited(field) {
  const edit = (edits.get(field) ?? 0) + 1
  edits.set(field, edit)
  uncommitted.add(field)
  send(number(field), 'value', { value: content(field), edit })
}

/** The user is done with it; the browser's own event may not come when the server has set the value. */
function committed(field) {
  if (uncommitted.delete(field)) send(number(field), 'commit')
}

const on = (type, wanted, handle) => document.addEventListener(type, event => {
  if (event.target.dataset && wants(event.target, wanted)) handle(event.target, event)
}, true)

const onEnter = (wanted, handle) => on('keydown', wanted, (field, event) => {
  if (event.key === 'Enter' && !event.isComposing) handle(field)
})

on('compositionstart', 'value', field => {
  composition.field = field
  composition.before = field.value
})
on('compositionend', 'value', field => {
  const { before, missed } = composition
  composition.field = composition.missed = null
  if (field.value !== before) edited(field)
  else if (missed) value(field, ...missed)
})
on('input', 'value', field => { if (composition.field !== field) edited(field) })
on('change', 'commit', committed)
on('focusout', 'commit', committed)
onEnter('commit', field => { if (field.tagName === 'INPUT') committed(field) })
onEnter('enter', field => { if (!inert()) send(number(field), 'enter') })
