/** Who drove: label and name, because a person and a style may share a name. */
export function driverOf({ driverLabel, driverName }: { driverLabel: string; driverName: string }): string {
  return `${driverLabel} ${driverName}`;
}
