/**
 * Scenes as choices: for each scene the person's row and the rows of the alternatives that the hard constraints allow.
 * The input of every learner.
 */
export interface ChoiceData {
  readonly scenes: number;
  /** Columns of `values`. */
  readonly columns: number;
  /** First row of each scene, which is the person's own; entry `scenes` is the number of rows. Shape: [scenes + 1]. */
  readonly start: Int32Array;
  /** Raw feature values. Shape: [rows x columns], row-major. */
  readonly values: Float64Array;
  /** Natural logarithm of the importance weight. Shape: [rows]. */
  readonly logWeight: Float64Array;
  /** How much each scene counts, >= 0; 1 each when absent. Shape: [scenes]. */
  readonly sceneWeights?: Float64Array;
}

/** How many scenes the choices count for: the sum of their weights. */
export function countedScenes({ scenes, sceneWeights }: ChoiceData): number {
  return sceneWeights === undefined ? scenes : sceneWeights.reduce((sum, weight) => sum + weight, 0);
}

/**
 * The same choices with every column divided by its scale.
 * @param scale > 0. Shape: [columns].
 */
export function scaledChoices(data: ChoiceData, scale: Float64Array): ChoiceData {
  const { columns } = data;
  const values = new Float64Array(data.values.length);
  for (let at = 0; at < values.length; at += columns) {
    for (let i = 0; i < columns; i++) values[at + i] = data.values[at + i]! / scale[i]!;
  }
  return { ...data, values };
}

/** The same choices with only some columns, in the order given. */
export function selectedColumns(data: ChoiceData, kept: readonly number[]): ChoiceData {
  const rows = data.start[data.scenes]!;
  const values = new Float64Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    for (const [to, from] of kept.entries()) values[row * kept.length + to] = data.values[row * data.columns + from]!;
  }
  return { ...data, columns: kept.length, values };
}

/** The choices of some scenes, in the order given, each counting once. */
export function selectedScenes(data: ChoiceData, kept: readonly number[]): ChoiceData {
  const { columns, start } = data;
  const own = Int32Array.from({ length: kept.length + 1 });
  for (const [i, scene] of kept.entries()) own[i + 1] = own[i]! + start[scene + 1]! - start[scene]!;
  const values = new Float64Array(own[kept.length]! * columns);
  const logWeight = new Float64Array(own[kept.length]!);
  for (const [i, scene] of kept.entries()) {
    values.set(data.values.subarray(start[scene]! * columns, start[scene + 1]! * columns), own[i]! * columns);
    logWeight.set(data.logWeight.subarray(start[scene]!, start[scene + 1]!), own[i]!);
  }
  return { scenes: kept.length, columns, start: own, values, logWeight };
}

/** All scenes of several choices with the same columns, one after the other, each counting once. */
export function joinedChoices(parts: readonly ChoiceData[]): ChoiceData {
  const { columns } = parts[0]!;
  const rows = parts.reduce((sum, { scenes, start }) => sum + start[scenes]!, 0);
  const values = new Float64Array(rows * columns);
  const logWeight = new Float64Array(rows);
  const start = [0];
  for (const part of parts) {
    const row = start.at(-1)!;
    const end = part.start[part.scenes]!;
    values.set(part.values.subarray(0, end * columns), row * columns);
    logWeight.set(part.logWeight.subarray(0, end), row);
    for (let scene = 1; scene <= part.scenes; scene++) start.push(row + part.start[scene]!);
  }
  return { scenes: start.length - 1, columns, start: Int32Array.from(start), values, logWeight };
}
