// A dial from 0 to 100: shows the server's value, and tells of turns.
const SVG = 'http://www.w3.org/2000/svg'

export function mount(element, properties, page) {
  const dial = element.appendChild(document.createElementNS(SVG, 'svg'))
  dial.setAttribute('viewBox', '0 0 100 100')
  dial.style.cssText = 'width: 9rem; cursor: pointer; touch-action: none'
  for (const [name, value] of Object.entries({ role: 'slider', tabindex: 0, 'aria-label': 'Dial', 'aria-valuemax': 100 })) {
    dial.setAttribute(name, value)
  }
  dial.innerHTML = '<circle cx="50" cy="50" r="42" fill="none" stroke="currentColor" opacity=".2" stroke-width="8"/>'
    + '<line x1="50" y1="50" x2="50" y2="12" stroke="currentColor" stroke-width="6" stroke-linecap="round"/>'
  let value = 0
  const show = now => {
    value = now
    dial.lastChild.setAttribute('transform', `rotate(${value * 2.7 - 135} 50 50)`)
    dial.setAttribute('aria-valuenow', value)
  }
  const turn = to => {
    show(Math.max(0, Math.min(100, Math.round(to))))
    page.send('turn', { to: value })
  }
  dial.addEventListener('keydown', event => {
    const step = { ArrowUp: 5, ArrowRight: 5, ArrowDown: -5, ArrowLeft: -5 }[event.key]
    if (step) {
      event.preventDefault()
      turn(value + step)
    }
  })
  dial.addEventListener('pointermove', event => {
    if (event.buttons === 0) return
    const box = dial.getBoundingClientRect()
    const angle = Math.atan2(event.clientX - box.x - box.width / 2, box.y + box.height / 2 - event.clientY)
    turn(50 + angle / Math.PI * 180 / 2.7)
  })
  show(properties.value)
  return { update: now => show(now.value) }
}
