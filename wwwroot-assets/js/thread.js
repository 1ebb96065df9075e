// The thread: follows its end while the reader is there, keeps the place when older turns arrive, reads answers aloud, runs the clocks.
const threads = new WeakMap();
const nearEnd = 64;
let pressed = null;

export function attach(frame) {
  if (frame && !threads.has(frame)) {
    threads.set(frame, createThread(frame));
  }
}

export function detach(frame) {
  threads.get(frame)?.();
  threads.delete(frame);
}

/** Puts text on the clipboard and shows it on the button that was pressed. */
export async function copyText(text) {
  const button = pressed;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyTheOldWay(text)) {
      announce('polite', 'The browser did not allow copying.');
      return;
    }
  }
  announce('polite', 'Copied');
  button?.setAttribute('data-done', '');
  setTimeout(() => button?.removeAttribute('data-done'), 2000);
}

// Browsers offer the clipboard only on secure origins; a page on plain HTTP in a house network has this.
function copyTheOldWay(text) {
  const box = document.createElement('textarea');
  box.className = 'visually-hidden';
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  return done;
}

function announce(kind, words) {
  const region = document.querySelector(`[data-announce="${kind}"]`);
  if (region) {
    const line = document.createElement('div');
    line.textContent = words;
    region.replaceChildren(line);
  }
}

function createThread(frame) {
  const scroller = frame.querySelector('.thread-scroll');
  const listeners = new AbortController();
  const { signal } = listeners;
  const stops = [followEnd(frame, scroller, signal), keepPlace(scroller), readAloud(scroller), runClocks(scroller)];
  document.addEventListener('click', event => {
    pressed = event.target.closest?.('button') ?? null;
    const copied = pressed?.dataset.copy;
    if (copied) {
      copyText(copied);
    }
  }, { signal, capture: true });
  return () => {
    stops.forEach(stop => stop());
    listeners.abort();
  };
}

function followEnd(frame, scroller, signal) {
  let follows = true;
  let last = scroller.scrollTop;
  const distance = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    last = scroller.scrollTop;
  };
  const settle = now => {
    if (follows !== now) {
      follows = now;
    }
    frame.toggleAttribute('data-away', !follows && distance() > nearEnd);
  };
  scroller.addEventListener('scroll', () => {
    // Only an upward move of the reader's lets go of the end; growing text never does.
    const up = scroller.scrollTop < last - 1;
    last = scroller.scrollTop;
    settle(distance() <= nearEnd || (follows && !up));
  }, { signal, passive: true });
  scroller.addEventListener('wheel', event => {
    if (event.deltaY < 0 && scroller.scrollTop > 0) {
      settle(false);
    }
  }, { signal, passive: true });
  frame.querySelector('[data-jump]')?.addEventListener('click', () => {
    settle(true);
    toEnd();
    document.querySelector('[data-testid="composer"]')?.focus({ preventScroll: true });
  }, { signal });

  // One callback a frame after layout, whatever has grown: the text, a fold, the window, the composer.
  const sizes = new ResizeObserver(() => {
    if (follows) {
      toEnd();
    } else {
      settle(false);
    }
  });
  sizes.observe(scroller);
  let watched = null;
  const children = new MutationObserver(() => watch());
  function watch() {
    const thread = scroller.querySelector('.thread');
    if (thread !== watched) {
      if (watched) {
        sizes.unobserve(watched);
      }
      watched = thread;
      if (thread) {
        sizes.observe(thread);
      }
    }
  }
  children.observe(scroller, { childList: true });
  watch();
  toEnd();

  // The reader's own message is always shown.
  const turns = new MutationObserver(records => {
    for (const record of records) {
      if (record.target === watched && [...record.addedNodes].some(node => node === watched.lastElementChild && node.matches?.('.turn'))) {
        settle(true);
        toEnd();
      }
    }
  });
  turns.observe(scroller, { childList: true, subtree: true });
  return () => {
    sizes.disconnect();
    children.disconnect();
    turns.disconnect();
  };
}

// Older turns: asked for when the button comes near, and put above without moving what is read.
function keepPlace(scroller) {
  let waiting = null;
  let button = null;
  const near = new IntersectionObserver(entries => {
    if (entries.some(entry => entry.isIntersecting) && button && !button.disabled && scroller.scrollHeight > scroller.clientHeight) {
      waiting = { height: scroller.scrollHeight, top: scroller.scrollTop, before: button.dataset.older };
      button.click();
    }
  }, { root: scroller, rootMargin: '200px 0px 0px 0px' });
  const changes = new MutationObserver(() => {
    const now = scroller.querySelector('[data-older]');
    if (waiting && now?.dataset.older !== waiting.before) {
      scroller.scrollTop = waiting.top + scroller.scrollHeight - waiting.height;
      waiting = null;
    }
    watch(now);
  });
  function watch(now) {
    if (now !== button || (now && now.dataset.older !== now.dataset.seen)) {
      near.disconnect();
      button = now;
      if (button) {
        button.dataset.seen = button.dataset.older;
        near.observe(button);
      }
    }
  }
  const start = setTimeout(() => {
    changes.observe(scroller, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-older'] });
    watch(scroller.querySelector('[data-older]'));
  }, 500);
  return () => {
    clearTimeout(start);
    near.disconnect();
    changes.disconnect();
  };
}

// Finished sentences one at a time, and the end once. Looks at the answer once a second, not once a token.
function readAloud(scroller) {
  const active = state => state === 'Running' || state === 'Queued' || state === 'AwaitingApproval';
  let foot = null;
  let state = null;
  let said = 0;
  let timer = 0;
  function look() {
    timer = 0;
    const feet = scroller.querySelectorAll('[data-testid="run-state"]');
    const now = feet[feet.length - 1] ?? null;
    if (now !== foot) {
      [foot, state, said] = [now, null, 0];
    }
    const next = foot?.dataset.state ?? null;
    if (active(next)) {
      speak();
      schedule();
    } else if (active(state)) {
      const outcome = foot.querySelector('[data-outcome]')?.textContent;
      announce(foot.dataset.error ? 'assertive' : 'polite', outcome ?? 'Answer complete');
    }
    state = next;
  }
  function speak() {
    const texts = foot.closest('.answer')?.querySelectorAll('[data-testid="message-agent"]') ?? [];
    const text = texts[texts.length - 1]?.textContent ?? '';
    if (text.length < said) {
      said = 0;
    }
    const sentence = /^[\s\S]{12,}?[.!?:…](?=\s)/.exec(text.slice(said, said + 600));
    if (sentence) {
      said += sentence[0].length;
      announce('polite', sentence[0].trim());
    }
  }
  function schedule() {
    timer ||= setTimeout(look, 1000);
  }
  const changes = new MutationObserver(schedule);
  changes.observe(scroller, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
  schedule();
  return () => {
    clearTimeout(timer);
    changes.disconnect();
  };
}

// Elapsed time and countdowns tick here: no message from the server, no drawing of the answer.
function runClocks(scroller) {
  const started = new WeakMap();
  const tick = () => {
    for (const clock of scroller.querySelectorAll('.clock')) {
      if (!started.has(clock)) {
        started.set(clock, performance.now());
      }
      const seconds = Math.floor((performance.now() - started.get(clock)) / 1000);
      const words = clock.dataset.clockDown !== undefined
        ? countdown(Number(clock.dataset.clockDown) - seconds)
        : elapsed(Number(clock.dataset.clockUp) + seconds);
      if (clock.textContent !== words) {
        clock.textContent = words;
      }
    }
  };
  const timer = setInterval(tick, 500);
  return () => clearInterval(timer);
}

// Once it is over the attempt is under way, and says nothing until its first word.
function countdown(seconds) {
  return seconds > 0 ? `in ${seconds} s` : 'now…';
}

function elapsed(seconds) {
  return seconds < 3 ? '' : seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
