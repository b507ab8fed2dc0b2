// The map: pan, zoom, cluster, select a place to read its claims. Without this script the picture and the table stay.
"use strict";
(function () {
  const figure = document.getElementById("map-figure");
  const plot = document.getElementById("live-map");
  if (!figure || !window.L) return;
  const panel = document.getElementById("map-panel");
  const list = document.getElementById("map-places");
  const chosen = document.getElementById("map-chosen");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const one = window.L;

  function element(name, className, words) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (words !== undefined) made.textContent = words;
    return made;
  }
  const get = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));

  // Steps east and north in thousandths of a degree, from point to point, into [north, east] in degrees.
  function line(steps) {
    const points = [];
    let east = 0;
    let north = 0;
    for (let i = 0; i < steps.length; i += 2) {
      east += steps[i];
      north += steps[i + 1];
      points.push([north / 1000, east / 1000]);
    }
    return points;
  }

  // The places around the middle of all claims that hold four in five of them: where the war is, not all its capitals.
  function most(places) {
    const total = places.reduce((sum, place) => sum + place.claims, 0);
    const middle = (axis) => {
      let counted = 0;
      return [...places].sort((a, b) => a.at[axis] - b.at[axis]).find((place) => (counted += place.claims) * 2 >= total).at[axis];
    };
    const centre = one.latLng(middle(0), middle(1));
    let counted = 0;
    return places
      .map((place) => ({ place, far: centre.distanceTo(place.at) }))
      .sort((a, b) => a.far - b.far)
      .filter(({ place }) => { const before = counted; counted += place.claims; return before < total * 0.8; })
      .map(({ place }) => place);
  }

  plot.hidden = false;
  panel.hidden = false;
  figure.classList.add("live");
  const map = one.map(plot, {
    attributionControl: false, worldCopyJump: true, minZoom: 1, maxZoom: 11, zoomSnap: 0.5, zoomAnimation: !still, fadeAnimation: !still,
    markerZoomAnimation: !still, maxBounds: [[-80, -400], [85, 400]],
  });
  one.control.scale({ imperial: false }).addTo(map);
  for (const [name, order] of [["ground", 200], ["areas", 300], ["rings", 400], ["names", 450]]) {
    map.createPane(name).style.zIndex = String(order);
  }
  map.getPane("ground").style.pointerEvents = "none";
  map.getPane("names").style.pointerEvents = "none";
  const ground = one.svg({ pane: "ground", padding: 1 });
  const land = one.layerGroup().addTo(map);
  const names = one.layerGroup().addTo(map);
  const pins = one.markerClusterGroup({
    maxClusterRadius: 44, showCoverageOnHover: false, animate: !still, spiderfyOnMaxZoom: true,
    iconCreateFunction: (cluster) => {
      const number = cluster.getAllChildMarkers().reduce((sum, pin) => sum + pin.options.claims, 0);
      const icon = element("span", "", String(number));
      icon.title = number + " claims at " + cluster.getChildCount() + " places: press to look closer";
      return one.divIcon({ html: icon, className: "map-cluster", iconSize: [38, 38] });
    },
  });

  function box() {
    const seen = map.getBounds().pad(0.6);
    const snap = map.getZoom() >= 8 ? 1 : map.getZoom() >= 4 ? 10 : 360;
    const floor = (value) => Math.floor(value / snap) * snap;
    const ceil = (value) => Math.ceil(value / snap) * snap;
    const clamp = (value, most) => Math.max(-most, Math.min(most, value));
    const edges = { west: clamp(floor(seen.getWest()), 180), south: clamp(floor(seen.getSouth()), 90), east: clamp(ceil(seen.getEast()), 180), north: clamp(ceil(seen.getNorth()), 90) };
    return new URLSearchParams({ zoom: String(Math.floor(map.getZoom())), ...edges }).toString();
  }
  let spots = [];
  let drawn = "";
  let named = "";
  function refresh() {
    const asked = box();
    if (asked !== drawn) {
      drawn = asked;
      get("/map/ground.json?" + asked).then((told) => {
        if (asked !== drawn) return;
        land.clearLayers();
        land.addLayer(one.polygon(told.rings.map((ring) => [line(ring[1])]), { pane: "ground", renderer: ground, className: "map-land", interactive: false, smoothFactor: 0.5 }));
      }).catch(() => {});
    }
    const seen = map.getBounds();
    const exact = new URLSearchParams({ zoom: String(Math.floor(map.getZoom())), west: seen.getWest().toFixed(1), south: seen.getSouth().toFixed(1), east: seen.getEast().toFixed(1), north: seen.getNorth().toFixed(1) }).toString();
    if (exact !== named) {
      named = exact;
      get("/map/towns.json?" + exact).then((told) => {
        if (exact !== named) return;
        names.clearLayers();
        const taken = [];
        for (const town of told.towns) {
          const at = map.latLngToLayerPoint(town.at);
          const wide = town.name.length * 7 + 14;
          if (taken.some((other) => Math.abs(other.at.x - at.x) < (wide + other.wide) / 2 && Math.abs(other.at.y - at.y) < 18)) continue;
          taken.push({ at, wide });
          const beside = spots.some((spot) => map.latLngToLayerPoint(spot).distanceTo(at) < 24) ? " above" : "";
          const icon = element("span", (town.is_country ? "map-country" : "map-town") + beside, town.name);
          names.addLayer(one.marker(town.at, { pane: "names", interactive: false, keyboard: false, icon: one.divIcon({ html: icon, className: "map-name", iconSize: [0, 0] }) }));
        }
      }).catch(() => {});
    }
    const at = map.getCenter();
    history.replaceState(null, "", "#" + [map.getZoom(), at.lat.toFixed(2), at.lng.toFixed(2)].join("/"));
  }

  let marked = null;
  function choose(place, button) {
    if (marked) marked.removeAttribute("aria-current");
    marked = button || list.querySelector('[data-place="' + place.anchor + '"]');
    if (marked) marked.setAttribute("aria-current", "true");
    const row = document.getElementById(place.anchor);
    chosen.replaceChildren(element("h3", "", place.words));
    if (row) {
      const land_ = row.querySelector('[data-label="Whose land"]');
      if (land_) chosen.append(element("p", "soft", land_.textContent));
      const words = element("div", "map-words");
      for (const node of row.querySelector(".words").childNodes) words.append(node.cloneNode(true));
      words.querySelectorAll("details").forEach((part) => { part.open = true; });
      chosen.append(words);
    }
    chosen.hidden = false;
    chosen.focus({ preventScroll: true });
  }

  get(plot.dataset.layers).then((told) => {
    for (const area of told.areas) {
      one.polygon(area.rings, { pane: "areas", className: area.is_disputed ? "map-area disputed" : "map-area" }).bindTooltip(area.words, { sticky: true, className: "map-tip" }).addTo(map);
    }
    spots = told.places.filter((place) => place.is_pin).map((place) => place.at);
    const told_ = told.places.filter((place) => !place.is_inferred);
    for (const place of told.places) {
      const item = element("li");
      const button = element("button", "plain", "");
      button.type = "button";
      button.dataset.place = place.anchor;
      button.setAttribute("data-row", "");
      button.append(element("span", place.is_inferred ? "map-dot inferred" : place.is_pin ? (place.is_confirmed ? "map-dot sure" : "map-dot") : "map-dot ring"), element("span", "map-label", place.name), element("span", "count", String(place.claims)));
      item.append(button);
      list.append(item);
      let bounds = null;
      if (place.is_pin) {
        const mark = element("span", "", String(place.claims));
        const pin = one.marker(place.at, { title: place.words, alt: place.words, claims: place.claims, icon: one.divIcon({ html: mark, className: "map-pin" + (place.is_confirmed ? " sure" : ""), iconSize: [28, 28] }) });
        pin.on("click", () => choose(place));
        pin.on("keypress", (event) => { if (event.originalEvent.key === "Enter") choose(place); });
        pins.addLayer(pin);
        bounds = one.latLngBounds([place.at, place.at]);
      } else {
        const ring = one.polygon(place.rings.map((part) => [part]), { pane: "rings", className: "map-ring" + (place.is_inferred ? " inferred" : "") });
        ring.bindTooltip(place.words, { sticky: true, className: "map-tip" }).on("click", () => choose(place)).addTo(map);
        bounds = ring.getBounds();
      }
      button.addEventListener("click", () => {
        map.fitBounds(bounds, { maxZoom: 8, animate: !still });
        choose(place, button);
      });
    }
    map.addLayer(pins);
    const kept = location.hash.slice(1).split("/").map(Number);
    if (kept.length === 3 && kept.every(Number.isFinite)) map.setView([kept[1], kept[2]], kept[0]);
    else if (told_.length) map.fitBounds(one.latLngBounds(most(told_).map((place) => place.at)).pad(0.25), { maxZoom: 7 });
    else map.setView([25, 20], 2);
    map.on("moveend", refresh);
    refresh();
    plot.dataset.ready = "yes";
  }).catch(() => {
    plot.hidden = true;
    panel.hidden = true;
    figure.classList.remove("live");
  });
})();
