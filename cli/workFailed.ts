/** The arguments were good and the work was done or begun, but its outcome is a failure; exit code 1. */
export class WorkFailed extends Error {
  override readonly name = 'WorkFailed';
}
