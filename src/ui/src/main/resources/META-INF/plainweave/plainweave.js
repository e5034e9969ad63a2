// Takes over the document that the server has rendered. PROTOCOL.md says how it is kept as the server has it.
import { connect, disconnect, leave, position, stranded } from './socket.js'
import { edits, takeOver } from './patch.js'
import { content, edited } from './events.js'

const DRAFTS = 'plainweave-drafts ' + location.pathname + location.search
const NEVER_KEPT = /password|cc-|one-time/

takeOver(document.querySelector('main'))
position.frame = Number(document.body.dataset.frame)

/** Fields by label, those of one label in their order: a new page may have other numbers. */
function fields() {
  const count = {}
  return [...document.querySelectorAll('main [data-on~=value]')].map(field => {
    const name = field.type + field.labels?.[0]?.textContent
    return [name + (count[name] = (count[name] ?? 0) + 1), field]
  })
}

function keepDrafts() {
  const drafts = fields()
    .filter(([, field]) => edits.has(field) && !NEVER_KEPT.test(field.type + field.autocomplete))
    .map(([name, field]) => [name, field.selectedOptions?.[0]?.text ?? content(field)])
  sessionStorage.setItem(DRAFTS, JSON.stringify(Object.fromEntries(drafts)))
}

const rendered = field => field.type === 'checkbox' ? field.defaultChecked
  : field.options ? [...field.querySelectorAll('[selected]')].map(one => one.value) : field.defaultValue

const drafts = JSON.parse(sessionStorage.getItem(DRAFTS) ?? '{}')
sessionStorage.removeItem(DRAFTS)
for (const [name, field] of fields()) {
  const draft = drafts[name]
  if (field.type === 'checkbox') field.checked = draft ?? field.checked
  else if (!field.options) field.value = draft ?? field.value
  for (const option of field.options ?? []) option.selected ||= option.text === draft
  if (String(content(field)) !== String(rendered(field))) edited(field) // put back, now or by the browser, or typed before this ran
}

if (document.prerendering) document.addEventListener('prerenderingchange', connect, { once: true })
else connect()

addEventListener('pagehide', event => {
  if (event.persisted) return disconnect()
  if (stranded()) keepDrafts()
  leave()
})
addEventListener('pageshow', event => { if (event.persisted) connect() })
