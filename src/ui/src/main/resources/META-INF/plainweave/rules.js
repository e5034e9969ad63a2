// What a listener's options say: which keys, how often, and what else becomes of the event.

/** Does as the rules say; whether the event is not to be heard further up. */
export function follow(event, text, id, act) {
  const rules = Object.fromEntries(text.split(';').map(rule => rule.split('=')))
  if (rules.keys && !rules.keys.split('|').includes(keys(event))) return false
  if ('prevent' in rules) event.preventDefault()
  paced(id, rules, act)
  return 'stop' in rules
}

/** A key with its modifiers, in their order; shift only where it is no part of the character. */
function keys(event) {
  const key = event.key === ' ' ? 'space' : event.key?.toLowerCase()
  const held = ['ctrl', 'alt', 'shift', 'meta'].filter(name => event[name + 'Key'])
  return [...held.filter(name => name !== 'shift' || /^[a-z]$|../.test(key)), key].join('+')
}

const paces = new Map()

function paced(id, rules, act) {
  const time = Number(rules.throttle ?? rules.debounce ?? 0)
  const pace = paces.get(id)
  if (!time || (!pace && rules.throttle)) act()
  if (!time) return
  if (pace) pace.act = act
  else paces.set(id, { act: rules.throttle ? null : act })
  if (pace && rules.throttle) return
  clearTimeout(pace?.timer)
  paces.get(id).timer = setTimeout(() => {
    const last = paces.get(id).act
    paces.delete(id)
    if (last) rules.throttle ? paced(id, rules, last) : last()
  }, time)
}

const waiting = new Map()

/** Tells what is typed when there was quiet. */
export function delay(field, quiet, tell) {
  clearTimeout(waiting.get(field)?.timer)
  const act = () => {
    waiting.delete(field)
    tell()
  }
  waiting.set(field, { act, timer: setTimeout(act, quiet) })
}

/** What was typed comes before what is done after it. */
export function settle() {
  for (const { act, timer } of waiting.values()) {
    clearTimeout(timer)
    act()
  }
}
