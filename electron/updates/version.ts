/** Below zero: `a` is older. Both must be versions by their schema; any other text compares as 0.0.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function partsOf(version: string): readonly number[] {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return [match?.[1], match?.[2], match?.[3]].map((part) => Number(part ?? 0));
}
