import type { BufferAttribute } from 'three';

/** Marks the first `items` of an attribute for upload; without a range three sends the whole buffer every frame. */
export function uploadFirst(attribute: BufferAttribute, items: number): void {
  attribute.clearUpdateRanges();
  attribute.addUpdateRange(0, items * attribute.itemSize);
  attribute.needsUpdate = true;
}
