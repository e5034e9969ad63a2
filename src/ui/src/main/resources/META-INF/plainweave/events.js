// What the user does. One listener for each kind of event; elements say in data-on what they want to hear.
import { closing, composition, edits, nodes, number, value, whenCustom } from './patch.js'
import { inert, send } from './socket.js'

const uncommitted = new WeakSet()

let rare = {}

export function listen(wanted) {
  if (wanted.includes(';')) whenCustom(code => { rare = code })
  for (const part of wanted.split(' ')) {
    document.addEventListener(part.split(/[:;~]/)[0], deliver, { capture: true, passive: false })
  }
}

/** Its listeners of an event: name, type, fields, rules. */
export const wants = (element, type) => (element.dataset?.on ?? '').split(' ')
  .map(part => part.match(/^(([^~:;]*)[^:;]*):?([^;]*);?(.*)/)).filter(parts => parts[2] === type)

function deliver(event) {
  for (let element = event.target, stop; element?.dataset; element = event.bubbles ? element.parentElement : null) {
    if (!nodes.has(number(element)) || (event.type === 'close' && closing.delete(element))) continue // by the server
    for (const [, name, , fields, rules] of wants(element, event.type)) {
      const data = Object.fromEntries((fields.match(/[^,]+/g) ?? []).map(path => [path, pick(event, path)]))
      const act = () => {
        rare.settle?.()
        if (!inert()) send(number(element), name, data)
        else if (element.matches('dialog:not([open])') && document.body.dataset.state !== 'ended') {
          element.showModal() // nobody was told
        }
      }
      if (rules) stop = rare.follow?.(event, rules, element.id + name, act) || stop
      else act()
    }
    if (stop) return
  }
}

function pick(event, path) {
  const found = path.split('.').reduce((object, name) => object?.[name], event)
  return ['string', 'number', 'boolean'].includes(typeof found) ? found : null
}

export const content = field => field.type === 'checkbox' ? field.checked
  : field.multiple ? [...field.selectedOptions].map(one => one.value) : field.value

/** The user has changed a field. */
export function edited(field) {
  edits.set(field, (edits.get(field) ?? 0) + 1)
  uncommitted.add(field)
  const tell = () => send(number(field), 'value', { value: content(field), edit: edits.get(field) })
  const quiet = wants(field, 'debounce')[0]?.[4]
  quiet && rare.delay ? rare.delay(field, quiet, tell) : tell()
}

/** The browser's own event may not come when the server has set the value. */
function committed(field) {
  rare.settle?.()
  if (uncommitted.delete(field)) send(number(field), 'commit')
}

const on = (type, wanted, handle) => document.addEventListener(type, event => {
  if (event.target.dataset && wants(event.target, wanted).length) handle(event.target, event)
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
onEnter('enter', field => {
  rare.settle?.()
  if (!inert()) send(number(field), 'enter')
})
