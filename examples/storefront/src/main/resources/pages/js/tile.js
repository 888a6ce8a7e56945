// A picture for a product that has none: a drawing by a word of its name, or by its category, on a colour by number.
import { h, svg } from './dom.js';

const DRAWINGS = {
  kettle: ['M14 20h20l3 19H11z', 'M19 20a5 5 0 0 1 10 0', 'M16 14a8 8 0 0 1 16 0', 'M36 27l6-5'],
  knife: ['M8 36L34 10c4 6 3 12-2 17L20 34z', 'M20 34l-8 7'],
  lamp: ['M12 40h16', 'M20 40V28l-6-8 10-10', 'M20 6l12 12c-6 5-13-2-12-12z', 'M30 22l4 4'],
  pen: ['M34 7l7 7-22 22-9 2 2-9z', 'M29 12l7 7', 'M10 43h28'],
  notebook: ['M14 8h22v32H14z', 'M20 8v32', 'M9 14h6M9 24h6M9 34h6', 'M25 17h6'],
  beanie: ['M10 32a14 16 0 0 1 28 0', 'M8 32h32v8H8z', 'M24 16v-5', 'M20 9a4 4 0 0 1 8 0'],
  jacket: ['M18 8l-9 5-2 22h7V20', 'M30 8l9 5 2 22h-7V20', 'M14 35v6h20v-6', 'M18 8a6 6 0 0 0 12 0', 'M24 14v27', 'M28 27h3'],
  kitchen: ['M12 16h20v14a6 6 0 0 1-6 6h-8a6 6 0 0 1-6-6z', 'M32 20h3a4 4 0 0 1 0 8h-3', 'M18 7v4M23 5v6M28 7v4'],
  clothing: ['M18 8l-9 5 3 8 4-2v21h16V19l4 2 3-8-9-5a6 6 0 0 1-12 0z'],
  desk: ['M34 7l7 7-22 22-9 2 2-9z', 'M29 12l7 7', 'M10 43h28'],
  events: ['M6 17h36v5a4 4 0 0 0 0 8v5H6v-5a4 4 0 0 0 0-8z', 'M28 18v3M28 25v3M28 32v3'],
  flash: ['M27 5L11 27h11l-2 16 17-23H25z'],
  lamps: ['M16 8h16l6 16H10z', 'M24 24v15M16 41h16'],
};
const BOX = ['M8 16l16-8 16 8v18l-16 8-16-8z', 'M8 16l16 8 16-8M24 24v18'];

export function tile(product, size = '') {
  const word = product.name?.toLowerCase().split(/\W+/).findLast(one => one in DRAWINGS);
  const lines = DRAWINGS[word] ?? DRAWINGS[product.category] ?? BOX;
  return h('div', { class: `tile ${size}`, hue: (product.productId * 47 + 120) % 360, 'aria-hidden': 'true' },
    svg('svg', { viewBox: '0 0 48 48', fill: 'none', stroke: 'currentColor', 'stroke-width': 2.4, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' },
      lines.map(d => svg('path', { d }))));
}
