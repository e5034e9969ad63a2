// The document as the server describes it: real elements, known by number.
import { load } from './commands.js'
import { listen, value } from './events.js'

/** The elements by number. */
export const nodes = new Map()

/** Dialogs that the server has closed. */
export const closing = new WeakSet()

let loading

/** Does it, in order, when the code is there for elements that modules of the application's show. */
export function whenCustom(then) {
  loading = (loading ?? load('./custom.js')).then(code => { then(code); return code })
}

const KEPT = ['id', 'open', 'value', 'checked', 'selected', 'style']

export const number = element => Number((element.dataset.id ?? element.id).slice(1))

export function takeOver(root) {
  for (const element of [root, ...root.querySelectorAll('[id^=w], [data-id]')]) {
    nodes.set(number(element), element)
    const { on, style, open, mixed, module, properties } = element.dataset
    if (on) listen(on)
    if (style) element.style.cssText = style
    if (open === '') element.showModal()
    if (mixed === '') element.indeterminate = true
    if (module) whenCustom(code => code.change(element, JSON.parse(properties)))
  }
}

/** Makes the document what a frame says. */
export function apply(state) {
  const focused = document.activeElement
  const leaving = []
  const following = [...document.querySelectorAll('[data-follow]')].filter(e => e.scrollHeight - e.scrollTop - e.clientHeight < 8)
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
    for (const [name, value] of Object.entries(change)) property(element, name, value, leaving)
    if (element.dataset.module) whenCustom(code => code.change(element, change))
  }
  for (const [child, parent] of leaving) if (child.parentNode === parent) {
    child.close?.()
    child.remove()
  }
  for (const [child] of leaving) drop(child)
  for (const [id, change] of state) late(nodes.get(id), change)
  for (const element of following) element.scrollTop = element.scrollHeight
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true })
}

function forget(element, change) {
  for (const name of element.getAttributeNames()) {
    if (!(name in change) && !KEPT.includes(name)) property(element, name, null)
  }
}

function property(element, name, value, leaving) {
  if (name === '*' || name === '+') {
    const [at, gone, ...ids] = name === '+' ? value : [0, Infinity, ...value]
    const list = [...element.childNodes]
    list.splice(at, gone, ...ids.map(id => nodes.get(id)))
    children(element, list, leaving)
  } else if (name === '.text') {
    const [first] = element.children
    if (!(first && element.dataset.module) && element.textContent !== (value ?? '')) {
      element.replaceChildren(...[first, value].filter(part => part))
    }
  } else if (name === '.icon') {
    whenCustom(code => code.icon(element, value))
  } else if (!'.:#'.includes(name[0])) {
    if (name === 'data-style') element.style.cssText = value ?? ''
    if (name === 'data-title') document.title = value
    if (name === 'data-lang') document.documentElement.lang = value
    if (name === 'data-on' && value) listen(value)
    if (value === null) element.removeAttribute(name)
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
  }
}

/** Moves only what has to be; what leaves may yet come elsewhere. */
function children(element, list, leaving) {
  const wanted = new Set(list)
  let at = element.firstChild
  const pass = () => { for (; at && !wanted.has(at); at = at.nextSibling) leaving.push([at, element]) }
  for (const child of list) {
    pass()
    if (child === at) at = at.nextSibling
    else if (element.moveBefore && element.isConnected && child.isConnected) element.moveBefore(child, at) // keeps focus
    else element.insertBefore(child, at)
  }
  pass()
}

/** What needs the document to be there. */
function late(element, change) {
  if ('.value' in change) value(element, 'value', ...change['.value'])
  if ('.checked' in change) {
    const [checked, edit] = change['.checked']
    value(element, 'indeterminate', checked === 'mixed', edit)
    value(element, 'checked', checked === true, edit)
  }
  const open = Boolean(change['.open'])
  if (!element.showModal || !('.open' in change || '#' in change) || element.open === open) return
  if (open) return element.showModal()
  closing.add(element)
  element.close()
}

function drop(element) {
  if (!element.id || element.isConnected) return
  nodes.delete(number(element))
  if (element.dataset.module) whenCustom(code => code.refresh(element))
  for (const child of element.children) drop(child)
}
