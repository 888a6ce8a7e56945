// Builds elements. Text is always text, never markup.
const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'hue' || name === 'width%') element.style.setProperty(name === 'hue' ? '--hue' : 'width', name === 'hue' ? value : `${value}%`);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  add(element, children);
  return element;
}

// Appends what is there: a condition that does not hold leaves nothing.
export function add(element, ...children) {
  element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
}

// A button that cannot be pressed again while what it does is under way.
export function button(text, does, look) {
  const made = h('button', { type: 'button', class: look }, text);
  made.addEventListener('click', async () => {
    if (made.disabled) return;
    made.disabled = true;
    try { await does(); } finally { made.disabled = false; }
  });
  return made;
}

// A button that bears a sign, with the name of what it does.
export function named(made, name) {
  made.setAttribute('aria-label', name);
  made.title = name;
  return made;
}

export function form(look, does, ...children) {
  const made = h('form', { class: look }, ...children);
  made.addEventListener('submit', async event => {
    event.preventDefault();
    const press = made.querySelector('[type=submit], button:not([type=button])');
    if (press) press.disabled = true;
    try { await does(Object.fromEntries(new FormData(made)), made); } finally { if (press) press.disabled = false; }
  });
  return made;
}

export function field(label, name, attributes) {
  return h('label', null, label, h('input', { name, ...attributes }));
}

// A field of several lines, as wide as the form.
export function area(label, name, attributes) {
  return h('label', { class: 'wide' }, label, h('textarea', { name, rows: 2, ...attributes }));
}
