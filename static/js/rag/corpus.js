// The page of a corpus: hands files in one by one with their progress, and follows what becomes of them.

const LOOK_MS = 2_000;
const list = document.getElementById("documents");
const form = document.getElementById("upload");

/** Ask for the list again while something in it is going to change. */
async function follow() {
  if (list.querySelector("[data-pending]") && !document.hidden) await refresh();
  setTimeout(follow, LOOK_MS);
}

async function refresh() {
  if (list.querySelector("details[open]")) return; // somebody is being asked whether to delete
  const response = await fetch(list.dataset.address).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.id : "";
  list.innerHTML = await response.text(); // our own server's template, escaped there
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** One line of progress, then what the server said. Resolves when it is over. */
function send(file) {
  const line = document.getElementById("upload-line").content.cloneNode(true).firstElementChild;
  line.querySelector(".name").textContent = file.name;
  form.querySelector(".uploads").append(line);
  const body = new FormData();
  body.append("file", file);
  const request = new XMLHttpRequest(); // fetch tells nothing of an upload's progress
  request.open("POST", form.dataset.api);
  request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => {
    line.querySelector("progress").value = total ? loaded / total : 0;
  };
  return new Promise((resolve) => {
    request.onloadend = () => {
      line.querySelector("progress").hidden = true;
      const taken = request.status === 202;
      line.querySelector(".outcome").textContent = taken ? "✓" : (request.response?.message ?? "✗");
      line.classList.toggle("errorlist", !taken);
      resolve();
    };
    request.send(body);
  });
}

async function sendAll(files) {
  for (const file of files) {
    await send(file);
    await refresh();
  }
  form.reset();
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  sendAll([...form.elements.file.files]);
});
for (const [kind, isOver] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  form?.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.toggle("over", isOver);
    if (kind === "drop") sendAll([...event.dataTransfer.files]);
  });
}
follow();
