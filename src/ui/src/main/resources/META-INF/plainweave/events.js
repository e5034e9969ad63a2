// What the user does. One listener for each kind of event; elements say in data-on what they want to hear.
import { load } from './commands.js'
import { closing, nodes, number, whenCustom } from './patch.js'
import { send } from './socket.js'

/** How often the user has changed a field. */
export const edits = new WeakMap()

const uncommitted = new WeakSet()

/** Of an input method: its field, the value before, what the server said meanwhile. */
const composition = { field: null, before: '', missed: null }

let rare = {}
let fields = {}

export function listen(wanted) {
  if (wanted.includes(';')) whenCustom(code => { rare = code })
  for (const part of wanted.split(' ')) {
    if (part === 'value') load('./fields.js').then(code => { fields = code })
    document.addEventListener(part.split(/[:;~]/)[0], deliver, { capture: true, passive: false })
  }
}

/** Its listeners of an event: name, type, fields, rules. */
export const wants = (element, type) => (element.dataset?.on ?? '').split(' ')
  .map(part => part.match(/^(([^~:;]*)[^:;]*):?([^;]*);?(.*)/)).filter(parts => parts[2] === type)

/** Tells what is done, after what was typed before; whether it is taken. */
function tell(element, type, data) {
  rare.settle?.()
  return send(number(element), type, data)
}

function deliver(event) {
  for (let element = event.target, stop; element?.dataset; element = event.bubbles ? element.parentElement : null) {
    if (!nodes.has(number(element)) || (event.type === 'close' && closing.delete(element))) continue // by the server
    for (const [, name, , fields, rules] of wants(element, event.type)) {
      const data = Object.fromEntries((fields.match(/[^,]+/g) ?? []).map(path => [path, pick(event, path)]))
      const act = () => {
        if (!tell(element, name, data) && element.matches('dialog:not([open])') && document.body.dataset.state !== 'ended') {
          element.showModal()
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
  return Object(found) === found ? null : found ?? null
}

/** What is in a field: a text, whether a box is ticked, or what is chosen. */
export const content = field => field.type === 'checkbox' ? field.checked
  : 'value' in field && !field.multiple ? field.value : [...field.querySelectorAll(':checked')].map(one => one.value)

/** The user has changed a field. */
export function edited(field) {
  edits.set(field, (edits.get(field) ?? 0) + 1)
  uncommitted.add(field)
  const say = () => send(number(field), 'value', { value: content(field), edit: edits.get(field) })
  const quiet = wants(field, 'debounce')[0]?.[4]
  quiet && rare.delay ? rare.delay(field, quiet, say) : say()
}

/** The browser's own event may not come when the server has set the value. */
function committed(field) {
  if (uncommitted.delete(field)) tell(field, 'commit')
}

/** A value that answers an edit; whoever has typed on since is not interrupted. */
export function value(field, name, wanted, edit) {
  if (composition.field === field) {
    composition.missed = [name, wanted, edit]
    return
  }
  if (edit < (edits.get(field) ?? 0) || field[name] === wanted) return
  if (Array.isArray(wanted)) {
    for (const one of field.querySelectorAll('option, input')) one.selected = one.checked = wanted.includes(one.value)
    return
  }
  const { selectionStart, selectionEnd, value: old } = field
  field[name] = wanted
  if (document.activeElement === field) fields.select?.(field, old, selectionStart, selectionEnd)
}

const on = (type, wanted, handle) => document.addEventListener(type, event => {
  const field = event.target.type === 'radio' ? event.target.closest('fieldset') : event.target
  if (field && wants(field, wanted).length) handle(field, event)
}, true)

const onEnter = (wanted, handle) => on('keydown', wanted, (field, event) => {
  if (event.key === 'Enter' && !event.isComposing) handle(field)
})

on('compositionstart', 'value', field => Object.assign(composition, { field, before: field.value }))
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
onEnter('enter', field => tell(field, 'enter'))
