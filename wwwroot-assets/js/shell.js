// The frame's behaviour that needs no server: drawer, rail, menus. Everything is delegated, so Blazor may redraw at will.
import { onShortcut } from './shortcuts.js';

const root = document.documentElement;
const narrow = matchMedia('(max-width: 899.98px)');
let listening = null;
let drawerOpener = null;

export function start(dotnet) {
  listening?.abort();
  listening = new AbortController();
  const { signal } = listening;
  document.addEventListener('click', onClick, { signal });
  document.addEventListener('toggle', onToggle, { signal, capture: true });
  document.addEventListener('keydown', onEscape, { signal, capture: true });
  document.addEventListener('keydown', onMenuKey, { signal });
  document.addEventListener('keydown', event => onShortcut(event, { dotnet, focusSearch }), { signal });
  document.addEventListener('focusin', onFocusMoved, { signal });
  addEventListener('resize', placeOpenPanel, { signal });
  narrow.addEventListener('change', () => closeDrawer(false), { signal });
  showRailState();
  root.dataset.shell = 'ready';
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function stop() {
  listening?.abort();
  listening = null;
  delete root.dataset.shell;
}

function onClick(event) {
  const control = event.target.closest?.('[data-action]');
  if (control) {
    actions[control.dataset.action]?.(control, event);
  }
  const link = event.target.closest?.('.sidebar a[href]');
  if (link) {
    closeDrawer(false);
    if (link.matches('.new-conversation') && location.pathname === '/') {
      document.querySelector('[data-testid="composer"]')?.focus();
    }
  }
  const choice = event.target.closest?.('[role^="menuitem"]:not([data-stay-open])');
  if (choice) {
    setTimeout(() => choice.closest('[popover]')?.hidePopover()); // after the click did its work
  }
}

const actions = {
  'open-drawer': opener => openDrawer(opener),
  'close-drawer': () => closeDrawer(true),
  'focus-search': () => focusSearch(),
  'toggle-sidebar': () => setRail(root.dataset.sidebar !== 'collapsed'),
  skip: (_, event) => {
    event.preventDefault(); // the base address would turn "#main" into another page
    document.getElementById('main').focus();
  },
};

function setRail(collapsed) {
  window.appTheme.setSidebar(collapsed ? 'collapsed' : 'open');
  showRailState();
}

function showRailState() {
  document.querySelector('[data-action="toggle-sidebar"]')
    ?.setAttribute('aria-expanded', String(root.dataset.sidebar !== 'collapsed'));
}

function openDrawer(opener) {
  drawerOpener = opener ?? document.activeElement;
  root.dataset.drawer = 'open';
  setBackgroundInert(true);
  document.querySelector('#sidebar [data-action="close-drawer"]')?.focus();
}

function closeDrawer(restoreFocus) {
  if (root.dataset.drawer !== 'open') {
    return;
  }
  delete root.dataset.drawer;
  setBackgroundInert(false);
  if (restoreFocus) {
    drawerOpener?.focus();
  }
}

function setBackgroundInert(inert) {
  for (const part of document.querySelectorAll('#main, .topbar, .skip-link')) {
    part.inert = inert;
  }
  document.querySelector('[data-action="open-drawer"]')?.setAttribute('aria-expanded', String(inert));
}

function focusSearch() {
  if (narrow.matches) {
    openDrawer(null);
  } else if (root.dataset.sidebar === 'collapsed') {
    setRail(false);
  }
  const box = document.querySelector('[data-testid="search-box"]');
  box?.focus();
  box?.select();
}

// What is open closes first: the page behind does not see this Esc.
function onEscape(event) {
  if (event.key !== 'Escape' || event.isComposing) {
    return;
  }
  if (document.querySelector(':popover-open, dialog:modal')) {
    event.stopPropagation(); // the browser closes these itself
  } else if (root.dataset.drawer === 'open') {
    event.stopPropagation();
    closeDrawer(true);
  }
}

const choicesOf = menu => [...menu.querySelectorAll('[role^="menuitem"]:not(:disabled)')];
// A menu may have several buttons: the one that was pressed last opened it.
let pressed = null;
const triggerOf = menu => pressed?.isConnected && pressed.getAttribute('popovertarget') === menu.id
  ? pressed
  : document.querySelector(`[popovertarget="${menu.id}"]`);
document.addEventListener('click', event => {
  pressed = event.target.closest?.('[popovertarget]') ?? pressed;
}, true);

function onToggle(event) {
  const menu = event.target;
  if (!menu.matches?.('.menu, .panel')) {
    return;
  }
  const trigger = triggerOf(menu);
  const open = event.newState === 'open';
  trigger?.setAttribute('aria-expanded', String(open));
  menu.toggleAttribute('data-placed', open);
  if (open && trigger && menu.matches('.panel')) {
    placePanel(menu, trigger);
    menu.focus();
  } else if (open && trigger) {
    place(menu, trigger.getBoundingClientRect());
    const choices = choicesOf(menu);
    (choices.find(choice => choice.ariaChecked !== 'true' && !choice.matches('[role="menuitemradio"]')) ?? choices[0])?.focus();
  }
}

function place(menu, at) {
  const gap = 4;
  const edge = 8;
  const { offsetWidth: width, offsetHeight: height } = menu;
  const rightToLeft = getComputedStyle(menu).direction === 'rtl';
  const below = at.bottom + gap;
  const above = at.top - gap - height;
  const wantsAbove = menu.dataset.side === 'above' ? above >= edge : below + height > innerHeight - edge;
  const clamp = (value, size, room) => Math.max(edge, Math.min(value, room - size - edge));
  menu.style.top = `${clamp(wantsAbove ? above : below, height, innerHeight)}px`;
  menu.style.left = `${clamp(rightToLeft ? at.right - width : at.left, width, innerWidth)}px`;
}

// A panel stands on its button's form and grows upwards: what it shows may come later.
function placePanel(panel, trigger) {
  const gap = 4;
  const edge = 8;
  const at = trigger.getBoundingClientRect();
  const top = (trigger.closest('form') ?? trigger).getBoundingClientRect().top;
  const rightToLeft = getComputedStyle(panel).direction === 'rtl';
  panel.style.bottom = `${innerHeight - top + gap}px`;
  panel.style.maxHeight = `${Math.min(top - gap - edge, Math.max(320, innerHeight * 0.66))}px`;
  panel.style.left = `${Math.max(edge, Math.min(rightToLeft ? at.right - panel.offsetWidth : at.left, innerWidth - panel.offsetWidth - edge))}px`;
}

function placeOpenPanel() {
  const panel = document.querySelector('.panel:popover-open');
  const trigger = panel && triggerOf(panel);
  if (trigger) {
    placePanel(panel, trigger);
  }
}

// Tab leads out of a panel, and closes it; its button does that itself.
function onFocusMoved({ target }) {
  const panel = document.querySelector('.panel:popover-open');
  if (panel && !panel.contains(target) && target !== triggerOf(panel)) {
    panel.hidePopover();
  }
}

function onMenuKey(event) {
  const trigger = event.target.closest?.('[popovertarget][aria-haspopup="menu"]');
  if (trigger && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    if (!document.getElementById(trigger.getAttribute('popovertarget'))?.matches(':popover-open')) {
      trigger.click(); // the server learns which button it was
    }
    return;
  }
  const menu = event.target.closest?.('.menu');
  if (!menu) {
    return;
  }
  const choices = choicesOf(menu);
  const now = choices.indexOf(document.activeElement);
  const to = {
    ArrowDown: (now + 1) % choices.length,
    ArrowUp: (now - 1 + choices.length) % choices.length,
    Home: 0,
    End: choices.length - 1,
  }[event.key] ?? startingWith(event.key, choices, now);
  if (to !== undefined) {
    event.preventDefault();
    choices[to]?.focus();
  } else if (event.key === 'Tab') {
    menu.hidePopover();
  }
}

function startingWith(key, choices, now) {
  if (key.length !== 1 || key === ' ') {
    return undefined;
  }
  const letter = key.toLocaleLowerCase();
  const rest = [...choices.keys()].map(step => (now + 1 + step) % choices.length);
  return rest.find(index => choices[index].textContent.trim().toLocaleLowerCase().startsWith(letter));
}
