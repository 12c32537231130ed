/** Free-flow speed [mi/h], flow up to which it holds and capacity [cars/h/lane], and what it loses beyond. */
const FREE_FLOW = 75;
const BREAKPOINT = 1000;
const CAPACITY = 2400;
const LOSS = 0.00001107;
/** Cars that one truck counts as on level ground [1]. */
const CARS_PER_TRUCK = 1.5;

const KM_PER_MILE = 1.609344;

/** The density of cars that a density with a share of trucks counts as. */
function inCars(density: number, trucks: number): number {
  return density * (1 + trucks * (CARS_PER_TRUCK - 1));
}

/** Largest flow by the manual [veh/h/lane]. @param trucks share of trucks [1] */
export function manualCapacity(trucks: number): number {
  return CAPACITY / inCars(1, trucks);
}

/** Density at that flow [veh/km/lane]: 45 cars per mile and lane. */
export function manualDensityAtCapacity(trucks: number): number {
  return 45 / KM_PER_MILE / inCars(1, trucks);
}

/**
 * Mean speed of cars by the Highway Capacity Manual 2010 (chapter 11) for a free-flow speed of 75 mi/h, 120.7 km/h
 * [m/s]: 75 mi/h up to 1000 cars/h/lane, beyond that less by 0.00001107 (flow - 1000)^2. NaN beyond capacity.
 * @param density [veh/km/lane]
 * @param trucks share of trucks [1], each counted as 1.5 cars
 */
export function manualSpeed(density: number, trucks: number): number {
  const perMile = inCars(density, trucks) * KM_PER_MILE;
  const speedAt = (flow: number) => FREE_FLOW - LOSS * Math.max(0, flow - BREAKPOINT) * Math.max(0, flow - BREAKPOINT);
  // The flow that the speed at it carries: what is left over falls as the flow grows.
  let [low, high] = [0, CAPACITY];
  if (perMile * speedAt(CAPACITY) > CAPACITY) return Number.NaN;
  for (let k = 0; k < 60; k++) {
    const flow = (low + high) / 2;
    if (perMile * speedAt(flow) > flow) low = flow;
    else high = flow;
  }
  return (speedAt(low) * KM_PER_MILE) / 3.6;
}
