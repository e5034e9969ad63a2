import { words } from './words.js'

export async function mount(element, properties, page) {
  const style = document.createElement('link')
  style.rel = 'stylesheet'
  style.href = new URL('./gauge.css', import.meta.url)
  const button = document.createElement('button')
  element.append(style, button)
  const show = (now, names) => {
    button.textContent = `${words} ${now.value} of ${now.most ?? '?'} ${names ?? 'mounted'}`
    if (now.value === 13) throw new Error('an unlucky value')
  }
  button.addEventListener('click', () => page.send('turned', { to: properties.value + 1, how: 'click' }))
  button.addEventListener('contextmenu', () => page.send('turned', 'nonsense'))
  window.mounts = (window.mounts ?? 0) + 1
  await null
  show(properties)
  return {
    update: show,
    async twice(number) { await null; return { twice: number * 2, from: properties.value } },
    fails() { throw new Error('as the test wants it') },
    unmount() { window.unmounts = (window.unmounts ?? 0) + 1 }
  }
}
