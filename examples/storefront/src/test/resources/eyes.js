// What a visitor does with eyes: finds things by their names, and minds what is hard to read or to hit.
const eyes = (() => {
  const LEAST_CONTRAST = 4.5;
  const LEAST_CONTRAST_LARGE = 3;
  const LEAST_TARGET = 24;
  const LEAST_IN_CHART = 11;

  const visible = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  const name = element => (element.getAttribute('aria-label') ?? (element.labels?.length ? element.labels[0].innerText : element.innerText) ?? '').trim().replace(/\s+/g, ' ');
  const named = (selector, wanted) => {
    const all = [...document.querySelectorAll(selector)].filter(element => visible(element) && !element.disabled);
    return all.find(element => name(element) === wanted) ?? all.find(element => name(element).startsWith(wanted)) ?? all.find(element => name(element).includes(wanted));
  };

  // Whether nothing is being drawn.
  const drawn = () => document.querySelector('main') && !document.querySelector('[aria-busy]');

  const go = hash => new Promise(done => {
    if (location.hash === hash) { done(); return; }
    addEventListener('hashchange', () => setTimeout(done), { once: true });
    location.hash = hash;
  });

  const shows = text => document.body.innerText.includes(text);

  // Where the middle of what bears this name is, once a click there would meet it.
  function place(wanted) {
    const element = named('button, a, label, summary, input', wanted);
    if (!element) throw new Error(`nothing is named ${wanted}: ${document.body.innerText}`);
    element.scrollIntoView({ block: 'center' });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const met = document.elementFromPoint(x, y);
    if (!element.contains(met)) throw new Error(`${wanted} is covered by ${met?.outerHTML}`);
    return [x, y];
  }

  function field(label) {
    const element = named('input, textarea', label);
    if (!element) throw new Error(`no field is labelled ${label}`);
    element.focus();
    element.select();
    return document.activeElement === element;
  }

  function choose(label, text) {
    const element = named('select', label);
    const option = [...element?.options ?? []].find(one => one.text.startsWith(text));
    if (!option) return false;
    element.value = option.value;
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }

  function focus() {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    return { name: name(element), outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
  }

  const parts = colour => { const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number); return [red, green, blue, alpha]; };
  // A colour, as computed styles have it, over the one below.
  function over(below, colour, opacity) {
    const [red, green, blue, alpha] = parts(colour);
    return [red, green, blue].map((part, i) => part * alpha * opacity + below[i] * (1 - alpha * opacity));
  }

  // The colour behind the words of an element, and how much of what is in it shows.
  function ground(element, known) {
    if (!element) return { colour: [255, 255, 255], opacity: 1 };
    if (!known.has(element)) {
      const below = ground(element.parentElement, known);
      const style = getComputedStyle(element);
      const opacity = below.opacity * Number(style.opacity);
      known.set(element, { colour: over(below.colour, style.backgroundColor, opacity), opacity });
    }
    return known.get(element);
  }

  function luminance(colour) {
    const [red, green, blue] = colour.map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
  }

  function contrast(element, known) {
    const behind = ground(element, known);
    const style = getComputedStyle(element);
    const words = over(behind.colour, element instanceof SVGElement ? style.fill : style.color, behind.opacity);
    const [light, dark] = [luminance(words), luminance(behind.colour)].sort((a, b) => b - a);
    return (light + .05) / (dark + .05);
  }

  const words = element => [...element.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
  const short = element => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.textContent || element.value || '').trim().slice(0, 40)}"`;
  const large = style => parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
  // A link within a sentence is as high as its line, and a disabled thing is no target.
  const target = element => !element.disabled && !(element.tagName === 'A' && getComputedStyle(element).display === 'inline');
  const line = element => { const all = []; for (let one = element; one; one = one.parentElement) all.push(one); return all; };
  const scrolls = element => line(element).some(one => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX));

  // Words in a chart grow and shrink with it.
  function misdrawn(chart) {
    const found = [];
    const frame = chart.getBoundingClientRect();
    const boxes = [...chart.querySelectorAll('text')].map(text => [text, text.getBoundingClientRect()]);
    boxes.forEach(([text, box], i) => {
      const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
      if (size < LEAST_IN_CHART) found.push(`${short(text)} is ${size.toFixed(1)} pixels high`);
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`${short(text)} is outside its chart`);
      const over = boxes.slice(i + 1).find(([, other]) => box.left < other.right && other.left < box.right && box.top < other.bottom - 3 && other.top < box.bottom - 3);
      if (over) found.push(`${short(text)} is over ${short(over[0])}`);
    });
    return found;
  }

  function flaws() {
    const found = [...document.querySelectorAll('svg.chart')].filter(visible).flatMap(misdrawn);
    const known = new Map();
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide, the window ${innerWidth}`);
    if (document.querySelectorAll('h1').length !== 1) found.push(`${document.querySelectorAll('h1').length} main headings`);
    for (const element of document.body.querySelectorAll('*')) {
      if (!visible(element) || element.closest('.skip')) continue;
      const box = element.getBoundingClientRect();
      const inView = box.right <= innerWidth + 1 && box.left >= -1;
      if (!inView && !scrolls(element)) found.push(`${short(element)} is outside the window`);
      if (words(element)) {
        const least = large(getComputedStyle(element)) ? LEAST_CONTRAST_LARGE : LEAST_CONTRAST;
        const disabled = element.closest('label')?.querySelector(':disabled') || element.disabled;
        if (!disabled && contrast(element, known) < least) found.push(`${short(element)} has a contrast of ${contrast(element, known).toFixed(2)}`);
        if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline' && !(element instanceof SVGElement) && !scrolls(element)) found.push(`${short(element)} is cut off`);
      }
      if (element.matches('a, button, select, summary, input:not([type=radio], [type=checkbox])') && target(element) && (box.height < LEAST_TARGET || box.width < LEAST_TARGET)) found.push(`${short(element)} is ${box.width.toFixed()} by ${box.height.toFixed()}`);
      if (element.matches('a, button, select, input, textarea, [role=img], nav') && !name(element) && !element.getAttribute('title') && !element.querySelector('title')) found.push(`${short(element)} has no name`);
      if (element.matches('img') && element.getAttribute('alt') === null) found.push(`${short(element)} has no alternative text`);
    }
    return [...new Set(found)];
  }

  return { drawn, go, shows, place, field, choose, focus, flaws };
})();
