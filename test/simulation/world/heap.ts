/** A queue of things by their due time; things due at the same time come out in the order in which they went in. */
export interface Due {
  readonly atMs: number;
  readonly seq: number;
}

export class Heap<Item extends Due> {
  #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  clear(): void {
    this.#items = [];
  }

  push(item: Item): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = items[up];
      if (parent === undefined || !before(item, parent)) break;
      items[at] = parent;
      at = up;
    }
    items[at] = item;
  }

  pop(): Item | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || last === first) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [l, r] = [items[left], items[left + 1]];
      if (l === undefined) break;
      const child = r !== undefined && before(r, l) ? r : l;
      if (!before(child, last)) break;
      items[at] = child;
      at = child === r ? left + 1 : left;
    }
    items[at] = last;
    return first;
  }
}

const before = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq);
