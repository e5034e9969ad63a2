// Before anything is painted: dark or light, as was chosen in this browser, or else as its system wants it.
{
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => {
    document.documentElement.dataset.bsTheme = localStorage.getItem('plainweave-theme') ?? (dark.matches ? 'dark' : 'light')
  }
  follow()
  dark.onchange = follow
  addEventListener('storage', follow)
}
