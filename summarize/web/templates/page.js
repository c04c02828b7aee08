// Runs once, on the element that holds the report. Nothing here is made of article text: ids are digits and dashes.
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let came = null;
let settling = 0;

const show = (id) => {
  const target = document.getElementById(id);
  if (!target || !element.contains(target)) return false;
  if (target.parentElement.matches("details.fold")) target.parentElement.open = true;
  for (let up = target.parentElement; up && up !== element; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  for (const old of element.querySelectorAll("mark.hit")) { old.classList.remove("hit"); old.removeAttribute("tabindex"); }
  const words = [...element.querySelectorAll('mark[data-e~="' + CSS.escape(id) + '"]')];
  for (const word of words) word.classList.add("hit");
  const first = words[0] || target;
  if (words[0]) first.setAttribute("tabindex", "-1");
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: words[0] ? "center" : "start", behavior: calm.matches ? "auto" : "smooth" });
  return true;
};

const copied = async (button) => {
  const text = element.querySelector("#" + CSS.escape(button.dataset.copy));
  const told = element.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(text.value);
    told.textContent = "Copied.";
  } catch {
    text.hidden = false;
    text.select();
    told.textContent = document.execCommand("copy") ? "Copied." : "Select the text above and copy it.";
    if (told.textContent === "Copied.") text.hidden = true;
  }
};

element.addEventListener("click", (event) => {
  const hit = event.target.closest("a[href^='#'], button[data-keep], button[data-copy], button[data-back]");
  if (!hit) return;
  clearTimeout(settling);
  if (hit.dataset.keep) trigger("click", { keep: hit.dataset.keep });
  else if (hit.dataset.copy) copied(hit);
  else if ("back" in hit.dataset) {
    hit.hidden = true;
    if (came && element.contains(came)) { came.focus({ preventScroll: true }); came.scrollIntoView({ block: "center" }); }
  } else {
    event.preventDefault(); // the page has a <base>: followed as it is, the link would load the page anew
    const id = hit.getAttribute("href").slice(1);
    if (!show(id)) return;
    const back = element.querySelector("[data-back]");
    if (hit.closest(".r-main")) { came = hit; back.hidden = !document.getElementById(id).closest(".r-pages"); }
    if (hit.dataset.open) {
      const folds = document.getElementById(id).parentElement.querySelectorAll("details.aside");
      for (const fold of folds) fold.open = true;
      folds[0].firstElementChild.focus({ preventScroll: true });
      folds[0].scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    }
    history.replaceState(history.state, "", location.pathname + location.search + "#" + id);
  }
});

// A report of other articles than those on the desk says so. The desk may be there later than this script.
const changed = (event, within) => {
  if (event.target.closest?.(within)) element.querySelector("[data-stale]")?.removeAttribute("hidden");
};
for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => changed(event, "#desk"));
document.addEventListener("click", (event) => changed(event, "#desk :is(#examples button, .remove, #back, #clear)"));

// The arrow keys go through the choices of one question: the browser must know which belong together.
document.addEventListener("focusin", (event) => {
  const question = event.target.closest?.("#choices fieldset");
  for (const choice of question?.querySelectorAll("input[type=radio]") || []) choice.name = event.target.name;
});

// On paper nothing can be opened.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...element.querySelectorAll(".r-main details:not([open])")];
  for (const fold of closed) fold.open = true;
});
addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });

// What changed is said once, in a region of its own: the report itself is too long to be read out.
const voice = document.createElement("p");
voice.className = "vh";
voice.setAttribute("role", "status");
element.after(voice);
watch("value", () => {
  came = null;
  voice.textContent = element.querySelector("[data-announce]")?.dataset.announce || "";
  const next = element.querySelector("[data-focus]");
  if (!next) return;
  for (let up = next.parentElement; up && up !== element; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  settling = setTimeout(() => { next.focus({ preventScroll: true }); next.scrollIntoView({ block: next.dataset.focus }); }, 200); // the desk folds first
});
