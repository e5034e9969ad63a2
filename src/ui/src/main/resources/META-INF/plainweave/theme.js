// Before anything is painted: dark or light, as the system wants it, unless the page says otherwise.
{
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const root = document.documentElement
  const follow = () => { root.dataset.bsTheme = dark.matches ? 'dark' : 'light' }
  follow()
  dark.addEventListener('change', follow)
}
