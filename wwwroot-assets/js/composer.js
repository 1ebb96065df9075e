// The composer and the edit box. The text stays here until it is sent; the server gets it as one `change` right before `submit`.
const boxes = new WeakMap();
const composers = new WeakMap();
const canSizeItself = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content');
const count = n => n.toLocaleString();

// Blazor takes these events from the document while they come down, so whoever wants to be first listens above it.
addEventListener('submit', event => boxes.get(event.target)?.onSubmit(event), true);
addEventListener('change', event => boxes.get(event.target.form)?.onChange(event), true);
addEventListener('click', skipSecondClick, true);

export function attach(form) {
  if (!form || composers.has(form)) {
    return;
  }
  const composer = createComposer(form);
  composers.set(form, composer);
  composer.text.dataset.ready = 'true';
  if (matchMedia('(pointer: fine)').matches && (document.activeElement === document.body || document.activeElement?.matches('h1, main'))) {
    composer.text.focus({ preventScroll: true });
  }
}

export function detach(form) {
  composers.get(form)?.stop();
  composers.delete(form);
}

/** The server has stored `text`: it is cleared unless the user went on typing. `key` is where later drafts belong. */
export function accepted(form, text, key) {
  composers.get(form)?.settle(text, key);
}

/** The server kept nothing: the text stays. */
export function refused(form) {
  composers.get(form)?.release();
}

// Stop takes the place of Send, and Send that of Stop: a double click must not also press the button that came under the pointer.
function skipSecondClick(event) {
  if (event.detail > 1 && event.target.closest?.('.composer-button')) {
    event.preventDefault();
    event.stopPropagation();
  }
}

export function attachEdit(form) {
  if (!form) {
    return;
  }
  const box = createBox(form);
  box.text.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      form.querySelector('[data-cancel]')?.click();
    }
  });
  box.grow();
  box.text.focus();
  box.text.setSelectionRange(box.text.value.length, box.text.value.length);
  form.scrollIntoView({ block: 'nearest' });
}

// What both boxes share: Enter, the length limit, growing, and handing the text over with the submit.
function createBox(form, mayPass = () => true) {
  const text = form.querySelector('textarea');
  const hint = form.querySelector('[data-hint]');
  const max = Number(form.dataset.max);
  const say = words => {
    if (hint && hint.textContent !== words) {
      hint.textContent = words;
    }
  };
  let handingOver = false;

  const grow = () => {
    if (!canSizeItself) {
      text.style.height = 'auto';
      text.style.height = `${text.scrollHeight}px`;
    }
  };
  const measure = () => {
    const length = text.value.length;
    const isLong = length > max;
    form.toggleAttribute('data-too-long', isLong);
    say(isLong ? `${count(length)} of at most ${count(max)} characters. Shorten it, or send it in parts.`
      : length > max * 0.9 ? `${count(length)} of ${count(max)} characters` : '');
    return !isLong;
  };

  text.addEventListener('input', () => {
    grow();
    measure();
  });
  text.addEventListener('keydown', event => {
    // 229: an input method is still composing a word; its Enter belongs to the word.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  boxes.set(form, {
    onChange(event) {
      if (!handingOver) {
        event.stopPropagation(); // leaving the box is no reason to send its text over the circuit
      }
    },
    onSubmit(event) {
      if (text.value.trim() === '' || !measure() || !mayPass(say)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      handingOver = true;
      text.dispatchEvent(new Event('change', { bubbles: true }));
      handingOver = false;
    },
  });
  return { text, say, grow, measure };
}

function createComposer(form) {
  let key = form.dataset.draft;
  let sentAt = 0;
  let saving = 0;
  const listeners = new AbortController();
  const isSending = () => sentAt > 0 && performance.now() - sentAt < 15000;
  const box = createBox(form, say => {
    if (isSending()) {
      return false;
    }
    if (form.dataset.running === 'true') {
      say('An answer is being written. Wait for it or stop it; your text is kept.');
      return false;
    }
    sentAt = performance.now();
    return true;
  });
  const { text } = box;

  const put = value => {
    text.value = value;
    box.grow();
    box.measure();
  };
  const save = () => {
    clearTimeout(saving);
    saving = 0;
    keep(key, text.value);
  };
  const moveTo = next => {
    if (next === key) {
      return;
    }
    if (isSending()) {
      keep(key, ''); // the first message of a new conversation: what is typed goes along
    } else {
      save();
      put(recall(next));
    }
    key = next;
  };

  text.addEventListener('input', () => {
    saving ||= setTimeout(save, 300);
  });
  text.addEventListener('keydown', event => {
    if (event.key === 'ArrowUp' && text.value === '' && !event.isComposing) {
      const edit = [...document.querySelectorAll('[data-edit]')].at(-1);
      if (edit && form.dataset.running !== 'true') {
        event.preventDefault();
        edit.click();
      }
    }
  });
  // Esc stops the answer while the focus is in the chat and nothing else is open that Esc would close.
  document.addEventListener('keydown', event => {
    const inChat = form.closest('.chat')?.contains(document.activeElement) || document.activeElement === document.body;
    if (event.key === 'Escape' && inChat && !event.defaultPrevented && !event.isComposing && !document.querySelector('dialog[open], [popover]:popover-open')) {
      form.querySelector('[data-testid="stop"]')?.click();
    }
  }, { signal: listeners.signal });
  addEventListener('pagehide', save, { signal: listeners.signal });
  form.addEventListener('click', event => {
    if (event.target === form || event.target.matches('.composer-bar')) {
      text.focus();
    }
  });

  const watcher = new MutationObserver(() => {
    moveTo(form.dataset.draft);
    if (form.dataset.running !== 'true') {
      box.measure();
    }
  });
  watcher.observe(form, { attributes: true, attributeFilter: ['data-draft', 'data-running'] });
  put(text.value || recall(key));

  return {
    text,
    settle(sent, next) {
      const rest = text.value === sent ? '' : text.value;
      keep(key, '');
      key = next || key;
      sentAt = 0;
      if (rest === '') {
        put('');
      }
      save();
    },
    release() {
      sentAt = 0;
    },
    stop() {
      save();
      watcher.disconnect();
      listeners.abort();
    },
  };
}

function keep(key, value) {
  try {
    if (value) {
      localStorage.setItem(`draft:${key}`, value);
    } else {
      localStorage.removeItem(`draft:${key}`);
    }
  } catch {
    // Storage is full or switched off: the text is still in the box.
  }
}

function recall(key) {
  try {
    return localStorage.getItem(`draft:${key}`) ?? '';
  } catch {
    return '';
  }
}
