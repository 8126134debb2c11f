// A drawn signature as lists of points. Typing the name is its full equal; nobody needs to draw.

function signaturePad(onChange) {
  let strokes = [];
  let line = null;
  const canvas = h("canvas", { class: "sa-pad", width: 600, height: 180, role: "img", "aria-label": "Space to draw in: empty" });
  const pen = canvas.getContext("2d");
  Object.assign(pen, { lineWidth: 2.5, lineCap: "round", lineJoin: "round", strokeStyle: "#1b2a30" });

  function spot(event) {
    const box = canvas.getBoundingClientRect();
    const round = (value) => Math.round(value * 10) / 10;
    return [round(((event.clientX - box.left) * canvas.width) / box.width), round(((event.clientY - box.top) * canvas.height) / box.height)];
  }
  function draw(from, to) {
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(to[0] + 0.01, to[1]);
    pen.stroke();
  }
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    line = [spot(event)];
    strokes.push(line);
    draw(line[0], line[0]);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line) return;
    const coalesced = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const each of coalesced.length ? coalesced : [event]) {
      const to = spot(each);
      draw(line[line.length - 1], to);
      line.push(to);
    }
  });
  const stop = () => {
    if (!line) return;
    line = null;
    canvas.setAttribute("aria-label", "Space to draw in: something is drawn");
    onChange(strokes.length);
  };
  canvas.addEventListener("pointerup", stop);
  canvas.addEventListener("pointercancel", stop);

  const clear = button("Clear the drawing", () => {
    strokes = [];
    pen.clearRect(0, 0, canvas.width, canvas.height);
    canvas.setAttribute("aria-label", "Space to draw in: empty");
    onChange(0);
  }, "quiet");
  return {
    element: h("div", {}, h("p", { class: "sa-hint" }, "With a mouse, pen or finger. It is added to your typed name, which is enough by itself."), canvas, clear),
    strokes: () => strokes,
  };
}
