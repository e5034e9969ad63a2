// Before anything is painted: dark or light, as was chosen in this browser, or else as its system wants it.
{
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const root = document.documentElement
  const follow = () => { root.dataset.bsTheme = localStorage.getItem('plainweave-theme') ?? (dark.matches ? 'dark' : 'light') }
  follow()
  dark.addEventListener('change', follow)
  addEventListener('storage', follow)
}
