// What few pages need, loaded when one does: scripts and downloads; and elements of the application's own, each shown by a
// module of its own, in a part of the document that is all its own.
import { load } from './commands.js'
import { wants } from './events.js'
import { nodes, number } from './patch.js'
import { send } from './socket.js'

export { delay, follow, settle } from './rules.js'
export { toast } from './toast.js'

const GONE = 'the element is not there any more'
const base = document.body.dataset.base
const customs = new Map()

/** Takes what a frame says of an element; the properties of its module begin with a colon. */
export function change(element, said) {
  if (!customs.has(element)) customs.set(element, { properties: {}, changed: new Set() })
  const { properties, changed } = customs.get(element)
  for (const name of '#' in said ? Object.keys(properties) : []) if (!(':' + name in said)) said[':' + name] = null
  for (const [name, value] of Object.entries(said)) {
    if (name[0] !== ':') continue
    changed.add(name.slice(1))
    if (value === null) delete properties[name.slice(1)]
    else properties[name.slice(1)] = value
  }
  refresh(element)
}

/** Makes what is shown what the server has: mounts, updates, or unmounts. */
export function refresh(element) {
  const own = customs.get(element)
  if (!own) return
  own.shown = (own.shown ?? mount(element, own)).then(async shown => {
    if (!nodes.has(number(element))) {
      customs.delete(element)
      await shown?.unmount?.()
    } else if (own.changed.size && !own.error) {
      const names = [...own.changed]
      own.changed.clear()
      await shown?.update?.(own.properties, names)
    }
    return shown
  }).catch(error => fail(element, own, error))
}

async function mount(element, own) {
  const module = await load(base + element.dataset.module)
  if (!nodes.has(number(element))) return
  const host = document.createElement('div')
  element.replaceChildren(host)
  own.changed.clear()
  return module.mount(host, own.properties, { base, send: (name, data) => tell(element, '.' + name, data) })
}

function tell(element, type, data = null) {
  if (nodes.has(number(element)) && wants(element, type).length) send(number(element), type, data)
}

/** Says it to whoever sees it, and to the server. */
function fail(element, own, error) {
  console.error(error)
  own.error = String(error)
  element.innerHTML = '<div class="pw-failed" role="alert">This part of the page cannot be shown.</div>'
  send(0, 'failed', { id: number(element), error: own.error })
}

/** Sends what comes of it. */
async function answer(command, work) {
  const said = { command }
  try {
    said.value = JSON.parse(JSON.stringify(await work() ?? null))
  } catch (error) {
    said.error = String(error)
  }
  send(0, 'answer', said)
}

/** Calls a method of what is shown there. */
export const call = (id, method, args, command) => answer(command, async () => {
  const own = customs.get(nodes.get(id))
  const shown = await own?.shown
  if (own?.error || !nodes.has(id)) throw own?.error ?? GONE
  if (typeof shown?.[method] !== 'function') throw `its module has no method ${method}`
  return shown[method](...args)
})

/** Runs the application's own script, which is at an address of its own. */
export const js = (token, args, command) => answer(command, async () => {
  const script = await load(base + '/_plainweave/js/' + token)
  return script.default(...args)
})

/** The inside of an SVG, which comes from the server's own files only, before the text. */
export function icon(element, inside) {
  element.querySelector(':scope > svg')?.remove()
  const svg = `<svg class="pw-svg" viewBox="0 0 16 16" aria-hidden="true">${inside}</svg>`
  if (inside) element.insertAdjacentHTML('afterbegin', svg)
}

const on = (id, command, act) => nodes.has(id) ? act(nodes.get(id)) : answer(command, () => { throw GONE })

/** Of radio buttons the one that Tab would come to. */
export const focus = (id, command) => on(id, command, element => {
  const buttons = element.type === 'fieldset' && (element.querySelector(':checked') ?? element.querySelector('input:enabled'))
  ;(buttons || element).focus()
})

export const scroll = (id, command) => on(id, command, element => element.scrollIntoView({ block: 'nearest' }))

/** As a file, which the server names. So even an error takes nobody away from the page. */
export function download(path) {
  const link = document.createElement('a')
  link.href = base + path
  link.download = ''
  document.body.append(link)
  link.click()
  link.remove()
}
