type Child = Node | string | false | undefined;
type Attribute = string | number | boolean | undefined | ((event: Event) => void);

/**
 * Makes an element. Texts become text nodes and nothing else: what a person wrote is never read as HTML.
 * @param attributes functions listen to the event that their key names; true stands without a value; false and undefined do not stand.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** Writes a text only where it differs, so that nothing is announced again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** How a list is shown. Elements stay as long as their key does: focus, scrolling and what was announced stay with them. */
export interface Rows<Item> {
  key(item: Item): string;
  create(item: Item): HTMLElement;
  update?(element: HTMLElement, item: Item): void;
}

/** Shows items as the children of an element. */
export class KeyedList<Item> {
  private elements = new Map<string, HTMLElement>();

  constructor(
    private readonly container: HTMLElement,
    private readonly rows: Rows<Item>,
  ) {}

  show(items: readonly Item[]): void {
    const before = this.elements;
    this.elements = new Map();
    for (const item of items) {
      const key = this.rows.key(item);
      const element = before.get(key) ?? this.rows.create(item);
      this.rows.update?.(element, item);
      this.elements.set(key, element);
    }
    for (const [key, element] of before) if (!this.elements.has(key)) element.remove();
    let next = this.container.firstElementChild;
    for (const element of this.elements.values()) {
      if (element === next) next = next.nextElementSibling;
      else this.container.insertBefore(element, next);
    }
  }
}

/** Calls back in the next frame, once, however often it is asked. */
export function eachFrame(render: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      render();
    });
  };
}
