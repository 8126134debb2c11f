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
    // Voila has moved the main part into a frame of its own at the end; the footer goes below it again.
    const foot = document.querySelector(".sa-foot");
    if (foot) document.body.append(foot);
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
  document.addEventListener("DOMContentLoaded", () => window.voila_finish());
})();
