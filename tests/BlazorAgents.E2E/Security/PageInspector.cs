namespace BlazorAgents.E2E.Security;

/// <summary>A script that watches every change of a page and remembers what hostile text must never bring about.</summary>
internal static class PageInspector
{
    /// <summary>Run it before the page's own scripts; it writes to <c>window.findings</c>.</summary>
    public const string Script =
        """
        (() => {
          window.findings = [];
          const report = words => { if (window.findings.length < 50) window.findings.push(words); };
          document.addEventListener('securitypolicyviolation', e => report(`csp: ${e.violatedDirective} ${e.blockedURI}`));
          const forbidden = new Set(['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'form', 'style', 'link', 'meta', 'base', 'img', 'picture',
            'source', 'video', 'audio', 'svg', 'math', 'input', 'textarea', 'select', 'portal', 'template', 'noscript', 'dialog', 'slot', 'marquee']);
          const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'srcset', 'data-src', 'cite', 'ping'];
          const ours = new Set(['http:', 'https:', 'mailto:']);
          const isSafe = value => { try { return ours.has(new URL(value).protocol); } catch { return false; } };
          const look = element => {
            const name = element.localName;
            if (forbidden.has(name)) report(`element: ${element.outerHTML.slice(0, 200)}`);
            for (const { name: key, value } of element.attributes) {
              if (/^on/i.test(key) || key === 'srcdoc') report(`attribute: ${element.outerHTML.slice(0, 200)}`);
              if (addresses.includes(key) && !isSafe(value)) report(`address: ${key}=${value.slice(0, 200)}`);
              if (key === 'data-testid' && value !== 'code-block') report(`imitation: ${element.outerHTML.slice(0, 200)}`);
              if (key === 'style' || (key === 'id' && !value.startsWith('md-'))) report(`attribute: ${key}=${value.slice(0, 200)}`);
            }
            if (name === 'a' && !['noopener', 'noreferrer', 'nofollow'].every(word => element.relList.contains(word))) report(`rel: ${element.outerHTML.slice(0, 200)}`);
          };
          const inAnswer = node => node.parentElement?.closest('[data-testid="message-agent"]');
          const lookThrough = node => {
            if (node.nodeType !== 1) return;
            if (inAnswer(node)) look(node);
            for (const inner of node.querySelectorAll('[data-testid="message-agent"] *')) look(inner);
            if (inAnswer(node)) for (const inner of node.querySelectorAll('*')) look(inner);
          };
          new MutationObserver(changes => {
            for (const change of changes) {
              if (change.type === 'attributes') { if (inAnswer(change.target)) look(change.target); }
              else change.addedNodes.forEach(lookThrough);
            }
          }).observe(document, { subtree: true, childList: true, attributes: true });
        })();
        """;
}
