/** What an element is made with: `class`, `text`, `on` (listeners), `data` and any attribute. */
export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  readonly data?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>;
}

/**
 * Makes an element. Text goes in as text, never as markup.
 * An attribute that is `true` is set empty; `false` and `undefined` leave it out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (options.class !== undefined) node.className = options.class;
  if (options.text !== undefined) node.textContent = options.text;
  for (const [name, value] of Object.entries(options.data ?? {})) node.dataset[name] = value;
  for (const [name, value] of Object.entries(options.attributes ?? {})) setAttribute(node, name, value);
  for (const [name, listener] of Object.entries(options.on ?? {}))
    node.addEventListener(name, listener as EventListener);
  for (const child of children) if (child !== null) node.append(child);
  return node;
}

/** Makes an SVG element with the given attributes. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function setAttribute(node: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === false) return;
  node.setAttribute(name, value === true ? '' : String(value));
}

/** Changes an element's text only when it differs: displays that are updated in every frame mostly stay the same. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
