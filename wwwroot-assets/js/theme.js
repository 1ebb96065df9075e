// Loaded before the first paint: the theme and the sidebar's width are right from the start.
(() => {
  const root = document.documentElement;
  const read = key => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage can be switched off
    }
  };
  const write = (key, value) => {
    try {
      value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value);
    } catch {
      // the choice then lasts until the page is left
    }
  };
  const apply = () => {
    const theme = read('theme');
    if (theme === 'light' || theme === 'dark') {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
    root.dataset.sidebar = read('sidebar') === 'collapsed' ? 'collapsed' : 'open';
  };

  apply();
  addEventListener('storage', apply); // another tab chose

  window.appTheme = {
    get: () => root.dataset.theme ?? 'system',
    set: theme => {
      write('theme', theme === 'system' ? null : theme);
      if (theme === 'system') {
        delete root.dataset.theme;
      } else {
        root.dataset.theme = theme;
      }
    },
    setSidebar: state => {
      write('sidebar', state);
      root.dataset.sidebar = state;
    },
  };
})();
