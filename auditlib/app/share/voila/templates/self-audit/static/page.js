// Around a Voila page: shows it when it is ready, and ends its kernel when it is left.
(function () {
  const themeReady = () => window.themeLoaded === true;

  // Voila calls these by name while the page arrives.
  window.voila_heartbeat = function () {};
  window.voila_process = function () {};
  window.voila_finish = function () {
    window.cellLoaded = true;
    if (!themeReady()) return; // Voila calls again once its theme has loaded
    document.getElementById("loading")?.remove();
    const main = document.getElementById("rendered_cells");
    if (main) main.style.display = "";
  };

  function kernel() {
    const data = document.getElementById("jupyter-config-data");
    return data ? JSON.parse(data.textContent).kernelId : undefined;
  }

  // Voila's own call on leaving lacks the XSRF token and is refused, so every visit would leave a kernel running.
  function leave() {
    const id = kernel();
    if (!id) return;
    const xsrf = (document.cookie.match(/(?:^|; )_xsrf=([^;]*)/) || [])[1] || "";
    fetch(`${document.body.dataset.root}leave/${id}`, {
      method: "POST",
      keepalive: true,
      headers: { "X-XSRFToken": xsrf },
    });
  }

  window.addEventListener("pagehide", leave);
  // A page brought back by the browser's Back button as it was has no kernel any more.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("DOMContentLoaded", () => {
    window.voila_finish();
    // Voila moves the main part into a frame at the very end of the page; the footer goes below it again.
    const watch = new MutationObserver(() => {
      if (!document.getElementById("main")) return;
      watch.disconnect();
      document.body.append(document.querySelector(".sa-foot"));
    });
    watch.observe(document.body, { childList: true });
  });
})();
