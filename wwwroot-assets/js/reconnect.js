// Starts Blazor and heals its connection: retries for ever, and reloads once the server answers if the circuit is gone.
(() => {
  const notice = document.getElementById('components-reconnect-modal');
  const text = document.getElementById('connection-text');
  const button = document.getElementById('connection-retry');
  const startPatience = 12_000;
  let reloading = false;

  const say = message => {
    if (text && text.textContent !== message) {
      text.textContent = message;
    }
  };

  async function serverAnswers() {
    try {
      return (await fetch('health/live', { cache: 'no-store' })).ok;
    } catch {
      return false;
    }
  }

  async function reloadWhenServerAnswers() {
    if (reloading) {
      return;
    }
    reloading = true;
    for (let wait = 500; !await serverAnswers(); wait = Math.min(wait * 2, 8_000)) {
      await new Promise(resolve => setTimeout(resolve, wait));
    }
    location.reload();
  }

  function onStateChanged() {
    const has = state => notice.classList.contains(`components-reconnect-${state}`);
    if (has('rejected')) {
      say('The server was restarted. Reloading…');
      reloadWhenServerAnswers();
    } else if (has('failed')) {
      say('Connection lost. Waiting for the server…');
      reloadWhenServerAnswers();
    } else if (has('show')) {
      say('Connection lost. Reconnecting…');
    } else {
      say('');
    }
  }

  async function tryNow() {
    if (reloading) {
      location.reload();
      return;
    }
    try {
      if (!await Blazor.reconnect()) {
        reloadWhenServerAnswers();
      }
    } catch {
      say('The server does not answer yet. Reconnecting…');
    }
  }

  Blazor.start({
    ssr: { disableDomPreservation: true }, // full loads between static and interactive pages
    circuit: {
      reconnectionOptions: {
        dialogId: 'components-reconnect-modal',
        maxRetries: Infinity,
        retryIntervalMilliseconds: attempt => attempt === 0 ? 0 : Math.min(500 * 2 ** Math.min(attempt - 1, 4), 5_000),
      },
    },
  });

  if (notice) {
    new MutationObserver(onStateChanged).observe(notice, { attributeFilter: ['class'] });
    button.addEventListener('click', tryNow);
    // The first connection is not retried by Blazor: without a frame after a while the page is loaded again.
    setTimeout(() => {
      if (!document.querySelector('.frame')) {
        notice.classList.add('components-reconnect-show');
        say('The server does not answer. Trying again…');
        reloadWhenServerAnswers();
      }
    }, startPatience);
  }
})();
