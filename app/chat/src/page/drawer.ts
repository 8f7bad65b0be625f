/** A part of the page that is always there on a wide screen, and comes over the rest on a narrow one. */
export class Drawer {
  private open = false;
  private opener: HTMLElement | undefined;
  private readonly media: MediaQueryList;

  /**
   * @param behind what cannot be used while it is open.
   * @param narrow media query of the screens on which it is a drawer.
   */
  constructor(
    private readonly element: HTMLElement,
    private readonly behind: readonly HTMLElement[],
    narrow: string,
  ) {
    this.media = matchMedia(narrow);
    this.media.addEventListener('change', () => this.close());
    element.addEventListener('keydown', ({ key }) => key === 'Escape' && this.close());
    this.apply();
  }

  /** @param opener gets the focus back. */
  show(opener: HTMLElement): void {
    this.open = true;
    this.opener = opener;
    this.apply();
    this.element.querySelector<HTMLElement>('button, a')?.focus();
  }

  close(): void {
    const wasOpen = this.open;
    this.open = false;
    this.apply();
    if (wasOpen) this.opener?.focus();
  }

  private apply(): void {
    const { matches } = this.media;
    this.element.classList.toggle('open', this.open);
    this.element.inert = matches && !this.open;
    for (const element of this.behind) element.toggleAttribute('data-behind', this.open && matches);
    for (const element of this.behind) element.inert = this.open && matches;
  }
}
