// What only pages with fields need, loaded with the first: where the caret goes when the server rewrites what is typed; and
// drafts: what was typed when the server had gone, put back into the same fields of the next document.
import { content, edited, edits } from './events.js'
import { over } from './socket.js'

/** Selects the same words in a text that has been rewritten. */
export function select(field, old, from, to) {
  const { value } = field
  const place = at => {
    const behind = old.slice(at).toLowerCase()
    return value.toLowerCase().endsWith(behind) ? value.length - behind.length : Math.min(at, value.length)
  }
  if (typeof from === 'number') field.setSelectionRange(place(from), place(to))
}

const DRAFTS = 'plainweave-drafts'
const NEVER_KEPT = /password|cc-|one-time/
const here = location.pathname + location.search

/** What a field asks for. */
const asks = field => [field.type, field.labels?.[0]?.textContent ?? field.querySelector('legend')?.textContent,
  field.ariaLabel, field.placeholder].join(' ')

/** What is said around a field, as far as there is none of its twins, which ask for the same: in the same row, perhaps. */
function around(field, twins) {
  let row = field
  while (!twins.some(twin => twin !== field && row.parentElement.contains(twin))) row = row.parentElement
  const copy = row.cloneNode(true)
  for (const own of copy.querySelectorAll('textarea, option, .invalid-feedback, .form-text')) own.remove()
  return copy.textContent
}

/**
 * The fields that can be seen, each with a name that it has in the next document too: what it asks for; and of several that
 * ask for the same, what is around it; and of several that are still the same, its place, if there are as many of them.
 */
function fields() {
  const seen = [...document.querySelectorAll('main [data-on~=value]')].filter(field => field.checkVisibility())
  const alike = (all, by) => {
    const lists = {}
    for (const one of all) (lists[by(one)] ??= []).push(one)
    return Object.entries(lists)
  }
  return alike(seen, asks).flatMap(([words, twins]) =>
    alike(twins, field => twins.length > 1 ? 'in ' + around(field, twins) : '').flatMap(([place, same]) =>
      same.map((field, at) => [JSON.stringify([words, place, at, same.length]), field])))
}

/** What there is to choose from, with its text: keys are others in the next document. */
const choices = field => [...field.querySelectorAll('option, input')].map(one => [one.text ?? one.labels[0]?.textContent, one])

const isChoice = field => field.options || field.type === 'fieldset'

const draft = field => isChoice(field)
  ? choices(field).filter(([, one]) => one.matches(':checked')).map(([text]) => text) : content(field)

function fill(field, draft) {
  if (isChoice(field)) {
    const all = choices(field)
    if (draft.some(wanted => all.filter(([text]) => text === wanted).length !== 1)) return
    for (const [text, one] of all) one.selected = one.checked = draft.includes(text)
  } else {
    field[field.type === 'checkbox' ? 'checked' : 'value'] = draft
  }
  edited(field)
}

const kept = JSON.parse(sessionStorage[DRAFTS] ?? '{}')
delete sessionStorage[DRAFTS]
const waiting = kept.at === here ? kept.drafts : {}

/** Each is put back once, into a field that nobody has touched. */
function putBack() {
  for (const [name, field] of fields()) {
    if (!(name in waiting) || field.matches(':disabled, [readonly]')) continue
    if (!edits.has(field)) fill(field, waiting[name])
    delete waiting[name]
  }
}

let soon = 0
if (Object.keys(waiting).length) {
  putBack()
  new MutationObserver((changes, observer) => {
    if (!Object.keys(waiting).length) return observer.disconnect()
    soon ||= setTimeout(() => { // when what belongs together is there
      soon = 0
      putBack()
    }, 200)
  }).observe(document.querySelector('main'), { subtree: true, childList: true, attributeFilter: ['hidden', 'open', 'disabled', 'readonly'] })
}

addEventListener('pagehide', event => {
  const stranded = !['live', 'full'].includes(document.body.dataset.state) && over !== 'login' && over !== 'closed'
  if (event.persisted || !stranded) return
  const typed = fields().filter(([, field]) => edits.has(field) && !('private' in field.dataset)
    && !NEVER_KEPT.test(field.type + field.autocomplete)).map(([name, field]) => [name, draft(field)])
  sessionStorage[DRAFTS] = JSON.stringify({ at: here, drafts: { ...waiting, ...Object.fromEntries(typed) } })
})
