/**
 * A convex function of the weights that joins the negative log-posterior of the scenes [nat].
 * @param gradient receives the function's gradient times `factor`, added to what is there. Shape: [columns].
 * @param hessian receives its second derivatives times `factor`, added to what is there. Shape: [columns x columns].
 * @returns the function's value times `factor`
 */
export type ConvexTerm = (theta: Float64Array, gradient: Float64Array, hessian: Float64Array, factor: number) => number;
