// The document as the server describes it: real elements, known by number.
import { load } from './commands.js'

/** All elements of the page by their number. */
export const nodes = new Map()

/** How often the user has changed a field's value. */
export const edits = new WeakMap()

/** The field that an input method is busy with, and what the server said of it meanwhile. */
export const composition = { field: null, missed: null }

/** Does it when the code for elements is there that are shown by modules of the application's; in the order of the calls. */
export function whenCustom(then) {
  loading = (loading ?? load(new URL('./custom.js', import.meta.url).href)).then(code => { then(code); return code })
}

let loading
const KEPT = new Set(['id', 'open', 'value', 'checked', 'selected', 'style'])
let heard = () => {}

/** The number of an element. */
export const number = element => Number(element.id.slice(1))

/** Begins with what the server has rendered. */
export function takeOver(root, listen) {
  heard = listen
  for (const element of [root, ...root.querySelectorAll('[id^=w]')]) {
    nodes.set(number(element), element)
    if (element.dataset.on) heard(element.dataset.on)
    if (element.dataset.style) element.style.cssText = element.dataset.style
    if ('open' in element.dataset) element.showModal()
    if (element.dataset.module) whenCustom(code => code.change(element, JSON.parse(element.dataset.properties)))
  }
}

/** Makes the document what a frame says: elements, then their properties and children, then values, then leavings. */
export function apply(state) {
  const focused = document.activeElement
  const removed = []
  for (const [id, change] of state) {
    if ('#' in change && !nodes.has(id)) {
      const element = document.createElement(change['#'])
      element.id = 'w' + id
      nodes.set(id, element)
    }
  }
  for (const [id, change] of state) {
    const element = nodes.get(id)
    if ('#' in change) forget(element, change)
    const follow = 'follow' in element.dataset
      && element.scrollHeight - element.scrollTop - element.clientHeight < 8
    for (const [name, value] of Object.entries(change)) property(element, name, value, removed)
    if (element.dataset.module) whenCustom(code => code.change(element, change))
    if (follow) element.scrollTop = element.scrollHeight
  }
  for (const [id, change] of state) late(nodes.get(id), change)
  for (const element of removed) if (!element.isConnected) drop(element)
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true })
}

/** What the server no longer says of an element is no longer so. */
function forget(element, change) {
  for (const name of element.getAttributeNames()) {
    if (!(name in change) && !KEPT.has(name)) property(element, name, null)
  }
  if (element.tagName === 'DIALOG' && !change['.open']) late(element, { '.open': null })
}

function property(element, name, value, removed) {
  if (name === '*') children(element, value, removed)
  else if (name === '+') splice(element, value, removed)
  else if (name === '.text') {
    if (!element.dataset.module || !element.firstChild?.tagName) element.textContent = value ?? ''
  }
  else if ('.:#'.includes(name[0])) return
  else if (name === 'data-style') element.style.cssText = value ?? ''
  else if (name === 'data-title') document.title = value ?? ''
  else if (value === null) element.removeAttribute(name)
  else {
    element.setAttribute(name, value)
    if (name === 'data-on') heard(value)
  }
}

function children(element, ids, removed) {
  let at = element.firstChild
  for (const id of ids) {
    const child = nodes.get(id)
    if (child === at) at = at.nextSibling
    else element.insertBefore(child, at)
  }
  while (at) {
    const next = at.nextSibling
    at.remove()
    removed.push(at)
    at = next
  }
}

function splice(element, [at, gone, ...ids], removed) {
  let before = element.childNodes[at] ?? null
  for (; gone > 0; gone--) {
    const next = before.nextSibling
    before.remove()
    removed.push(before)
    before = next
  }
  element.insertBefore(fragment(ids), before)
}

function fragment(ids) {
  const all = document.createDocumentFragment()
  for (const id of ids) all.append(nodes.get(id))
  return all
}

/** What needs the children and the document to be there: values and dialogs. */
function late(element, change) {
  if ('.value' in change) value(element, 'value', ...change['.value'])
  if ('.checked' in change) value(element, 'checked', ...change['.checked'])
  if ('.open' in change && element.open !== Boolean(change['.open'])) {
    if (change['.open']) {
      element.showModal()
    } else {
      element.dataset.closing = ''
      element.close()
    }
  }
}

/** A value that answers an edit, or none. Whoever has typed on since is not interrupted. */
export function value(element, name, wanted, edit) {
  if (composition.field === element) {
    composition.missed = [name, wanted, edit]
    return
  }
  if (edit < (edits.get(element) ?? 0) || element[name] === wanted) return
  const caret = document.activeElement === element && name === 'value' && element.selectionStart
  const old = element.value
  element[name] = wanted
  if (typeof caret === 'number') {
    const behind = old.slice(caret)
    const place = wanted.endsWith(behind) ? wanted.length - behind.length : Math.min(caret, wanted.length)
    element.setSelectionRange(place, place)
  }
}

function drop(element) {
  if (!element.id || element.isConnected) return
  nodes.delete(number(element))
  if (element.dataset.module) whenCustom(code => code.refresh(element))
  for (const child of element.children) drop(child)
}
