"use strict";
(function () {
  const form = document.getElementById("search");
  const count = document.getElementById("count");
  const rows = Array.from(document.getElementById("list").rows);
  const cells = new Map(Array.from(document.getElementById("cells").rows, (row) => [row.dataset.code, row]));
  const field = (id) => document.getElementById(id);
  const wanted = ["name", "level", "upper", "target", "verdict"].map(field);

  function fits(data, name, level, upper, target, verdict) {
    if (name && !data.name.toLowerCase().includes(name)) return false;
    if (level && data.level !== level) return false;
    if (upper && data.upper !== upper) return false;
    if (!verdict) return true;
    return target > 0 ? data.v[target - 1] === verdict : data.v.includes(verdict);
  }

  function show() {
    const [name, level, upper, target, verdict] = wanted;
    let shown = 0;
    for (const row of rows) {
      const fit = fits(row.dataset, name.value.trim().toLowerCase(), level.value, upper.value, target.selectedIndex, verdict.value);
      row.hidden = !fit;
      shown += fit;
      const twin = cells.get(row.dataset.name.split(" ").pop());
      if (twin) twin.hidden = !fit;
    }
    count.textContent = count.dataset.text.replace("{n}", shown).replace("{all}", rows.length);
  }

  const asked = new URLSearchParams(location.search); // index.html?level=league&target=3&verdict=n
  for (const one of wanted) {
    if (!asked.has(one.id)) continue;
    if (one.id === "target") one.selectedIndex = Number(asked.get(one.id)) || 0;
    else one.value = asked.get(one.id);
  }
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
